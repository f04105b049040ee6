"""Make a virtual environment with exactly the packages of one requirements file: venv.py FOLDER REQUIREMENTS MARK.

The mark is written last, so whatever was interrupted is made afresh by the next start. Two starts at once wait
for each other.
"""

import fcntl
import subprocess
import sys
from pathlib import Path

NO_VENV = """无法建立 Python 虚拟环境。Debian/Ubuntu 请先执行：apt install python3-venv
A virtual environment could not be made; on Debian/Ubuntu: apt install python3-venv"""
NO_PACKAGES = """组件没有装全：请检查网络（内网可用 PIP_INDEX_URL 指定镜像）后重新运行，会自动接着做。
Packages could not be installed; check the network (or set PIP_INDEX_URL) and run this again."""


def run(command: list[str], trouble: str) -> None:
    if subprocess.run(command, check=False).returncode:  # noqa: S603
        sys.exit(trouble)


def main(folder: Path, requirements: str, mark: str) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_name(f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        complete = folder / ".complete"
        if complete.exists() and complete.read_text() == mark and (folder / "bin/python").exists():
            return
        print("首次运行：正在安装组件，约需一两分钟……", flush=True)  # noqa: T201
        complete.unlink(missing_ok=True)
        run([sys.executable, "-m", "venv", "--clear", str(folder)], NO_VENV)
        pip = [str(folder / "bin/python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        run([*pip, "--require-hashes", "-r", requirements], NO_PACKAGES)
        complete.write_text(mark)


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute(), sys.argv[2], sys.argv[3])

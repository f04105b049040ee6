"""The files for the operator's machine are read by the programs they are written for, and name only what exists."""

import re
import shlex
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from app import main
from settings import ROOT, Settings

DEPLOY = ROOT / "deploy"
BOOK = (ROOT / "docs" / "operations.md").read_text("utf8")
UNITS = sorted(DEPLOY.glob("*.service"))
SETTINGS = set(re.findall(r"^\| `([A-Z_]+)` \|", BOOK, re.M))
LEFT_OUT = {"LIANXIN_HOME", "LIANXIN_INSECURE_HTTP", "LIANXIN_TIME_TRAVEL"}  # set by the unit; not for a real house


def run(*command: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, timeout=60)


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not on this machine")


def placed(unit: Path, folder: Path) -> Path:
    """The unit with this checkout in place of /opt/lianxin, and a python where the programs set one up."""
    text = unit.read_text("utf8").replace("/opt/lianxin/.venv/bin/python", "/usr/bin/env").replace("/opt/lianxin", str(ROOT))
    text = text.replace("User=lianxin", "User=root").replace("Group=lianxin", "Group=root")
    (folder / unit.name).write_text(text, "utf8")
    return folder / unit.name


@needs("systemd-analyze")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_understands_the_unit_and_finds_it_closed(unit: Path, tmp_path: Path) -> None:
    here = placed(unit, tmp_path)
    verified = run("systemd-analyze", "verify", "--man=no", here)
    assert [line for line in verified.stderr.splitlines() if unit.name in line] == []
    here.write_text(here.read_text("utf8").replace("User=root", "User=lianxin"), "utf8")
    judged = run("systemd-analyze", "security", "--offline=true", "--threshold=20", here)
    assert judged.returncode == 0, judged.stdout[-300:]
    here.write_text("[Service]\nExecStart=/bin/true\n", "utf8")
    assert run("systemd-analyze", "security", "--offline=true", "--threshold=20", here).returncode != 0


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_starts_what_exists_and_gives_up_on_bad_settings(unit: Path) -> None:
    text = unit.read_text("utf8")
    [program, *words] = shlex.split(re.search(r"^ExecStart=(.*)$", text, re.M)[1])
    assert (ROOT / program.removeprefix("/opt/lianxin/")).exists() or words == ["-m", "tasks.worker"]
    assert "RestartPreventExitStatus=78" in text


@needs("nginx")
@needs("openssl")
def test_nginx_understands_its_sample(tmp_path: Path) -> None:
    made = run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=lianxin.example",
               "-keyout", tmp_path / "key.pem", "-out", tmp_path / "fullchain.pem")  # fmt: skip
    assert made.returncode == 0, made.stderr
    text = (DEPLOY / "nginx.conf").read_text("utf8").replace("/etc/ssl/lianxin", str(tmp_path))
    text = text.replace("listen 80;", "listen 127.0.0.1:18080;").replace("listen [::]:80;", "")
    text = text.replace("listen 443 ", "listen 127.0.0.1:18443 ").replace("    listen [::]:443 ssl http2;\n", "")

    def accepted(site: str) -> bool:
        (tmp_path / "site.conf").write_text(site, "utf8")
        whole = f"pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{}} http {{ access_log off; include {tmp_path}/site.conf; }}"
        (tmp_path / "nginx.conf").write_text(whole, "utf8")
        return run("nginx", "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf").returncode == 0

    assert accepted(text)
    assert not accepted(text.replace("proxy_pass", "proxy_past", 1))


def test_the_sample_speaks_only_modern_tls_and_tells_whom_it_speaks_for() -> None:
    text = (DEPLOY / "nginx.conf").read_text("utf8")
    assert re.findall(r"ssl_protocols (.*);", text) == ["TLSv1.2 TLSv1.3"]
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in text
    assert re.search(r"location /s/ \{\s+access_log off;", text)


def test_the_compose_file_is_closed_and_names_settings_and_files_that_exist() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf8"))
    house, proxy = compose["services"]["lianxin"], compose["services"]["proxy"]
    assert set(house["environment"]) - SETTINGS == set()
    assert house["cap_drop"] == ["ALL"]
    assert house["environment"]["LIANXIN_PROXIES"] == "1"
    assert all(":?" in value for value in compose["services"]["database"]["environment"].values() if "$" in value)
    assert "ports" not in compose["services"]["database"]
    assert (ROOT / house["build"]["dockerfile"]).exists()
    assert proxy["volumes"][0].startswith("./nginx.conf:")
    named = {volume.split(":")[0] for service in compose["services"].values() for volume in service["volumes"]}
    assert {volume for volume in named if not volume.startswith(".")} == set(compose["volumes"])


def test_the_image_runs_what_exists() -> None:
    text = (DEPLOY / "Dockerfile").read_text("utf8")
    assert "--require-hashes" in text
    assert "USER lianxin" in text
    assert 'CMD ["python", "-m", "tasks.supervisor"]' in text
    assert (ROOT / "tasks" / "supervisor.py").exists()


def test_the_list_of_settings_is_the_books() -> None:
    listed = re.findall(r"^#?([A-Z_]+)=", (DEPLOY / "lianxin.env.example").read_text("utf8"), re.M)
    assert len(listed) == len(set(listed)) > len(fields(Settings)) - 6
    assert set(listed) == SETTINGS - LEFT_OUT


def test_every_command_that_a_text_names_exists() -> None:
    texts = [BOOK, *(path.read_text("utf8") for path in DEPLOY.iterdir())]
    named = {word for text in texts for word in re.findall(r"bin/lianxin (?:--demo )?([a-z]+)", text)}
    assert len(named) > 5
    assert named - set(main.commands) == set()
    scripts = {word for text in texts for word in re.findall(r"(?<![\w/.])bin/([a-z]+)", text)}
    assert [word for word in sorted(scripts) if not (ROOT / "bin" / word).exists()] == []
    inner = {(group, word) for text in texts for group, word in re.findall(r"`(?:bin/lianxin )?(round|plan|audit|rosters|keys) ([a-z]+)", text)}
    assert len(inner) > 5
    assert [pair for pair in inner if pair[1] not in main.commands[pair[0]].commands] == []

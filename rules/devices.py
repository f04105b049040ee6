"""What kind of device a browser's long self-description means, in two words."""

from rules.text import _

BROWSERS = (("MicroMessenger", _("微信")), ("DingTalk", _("钉钉")), ("Edg", "Edge"), ("QQBrowser", _("QQ 浏览器")),
            ("UCBrowser", _("UC 浏览器")), ("HuaweiBrowser", _("华为浏览器")), ("Firefox", "Firefox"), ("Chrome", "Chrome"),
            ("Safari", "Safari"))  # fmt: skip
MACHINES = (("HarmonyOS", _("鸿蒙手机")), ("OpenHarmony", _("鸿蒙手机")), ("iPhone", "iPhone"), ("iPad", "iPad"),
            ("Android", _("安卓手机")), ("Windows", _("Windows 电脑")), ("Macintosh", _("苹果电脑")),
            ("Linux", _("Linux 电脑")))  # fmt: skip


def device_name(agent: str) -> str:
    """“安卓手机，微信”; the first forty signs of anything unknown."""
    found = [next((name for mark, name in marks if mark in agent), "") for marks in (MACHINES, BROWSERS)]
    return "，".join(filter(None, found)) or agent[:40] or _("未知设备")

"""What Flask-Security says, in Chinese, and the sentences that several pages share."""

from datetime import timedelta

from rules.text import _

WRONG = _("登录名或密码不对，或账号未启用。忘记密码请找安全管理员重新打印激活单。")
MESSAGES = {
    "GENERIC_AUTHN_FAILED": (WRONG, "error"),
    "USER_DOES_NOT_EXIST": (WRONG, "error"),
    "INVALID_PASSWORD": (WRONG, "error"),
    "DISABLED_ACCOUNT": (WRONG, "error"),
    "PASSWORD_NOT_PROVIDED": (WRONG, "error"),
    "EMAIL_NOT_PROVIDED": (WRONG, "error"),
    "UNAUTHENTICATED": (_("请先登录。"), "info"),
    "UNAUTHORIZED": (_("您的角色不能打开这一页。"), "error"),
    "LOGIN": (_("请先登录。"), "info"),
    "TWO_FACTOR_INVALID_TOKEN": (_("验证码不对或已用过，请等手机上换出新码再输。"), "error"),
    "INVALID_REDIRECT": (_("不能跳转到别的网站。"), "error"),
}


def waiting(wait: timedelta) -> str:
    """The same for known and unknown names."""
    minutes = max(1, -(-int(wait.total_seconds()) // 60))
    return _("尝试次数过多，请 {minutes} 分钟后再试。急用请找安全管理员。").format(minutes=minutes)

"""Whoever holds the published file can redo the draw, and is told what was altered."""

import json

import pytest
from click.testing import CliRunner

from rules.draw import Member
from rules.draw_proof import differences, proof
from rules.errors import RuleBroken
from tasks.commands.draws import draw

DICE = "12345612345612345612"


@pytest.fixture
def published():
    frame = [Member(stratum, f"{stratum}{n}") for stratum in ("满意", "不满意") for n in range(9)]
    return json.loads(json.dumps(proof(frame, "f" * 64, DICE, 6, {"不满意": 2})))


def verified(path, text):
    path.write_text(text, "utf-8")
    return CliRunner().invoke(draw, ["verify", str(path)])


def test_a_good_file_recomputes(published, tmp_path):
    assert differences(published) == ()
    told = verified(tmp_path / "a.json", json.dumps(published))
    assert (told.exit_code, "一致" in told.output) == (0, True)


@pytest.mark.parametrize(
    ("key", "value", "label"),
    [("frame_hash", "0", "名单指纹"), ("commitment", "0", "承诺值"), ("seed", "0", "种子"), ("picks", {}, "抽中的对象")],
)
def test_what_was_altered_is_named(published, tmp_path, key, value, label):
    assert differences(published | {key: value}) == (label,)
    told = verified(tmp_path / "a.json", json.dumps(published | {key: value}))
    assert (told.exit_code, label in told.output) == (1, True)


def test_other_dice_or_one_less_in_the_frame_show(published):
    assert "种子" in differences(published | {"dice": DICE[::-1]})
    assert "名单指纹" in differences(published | {"frame": published["frame"][1:]})


@pytest.mark.parametrize("odd", [[], {}, {"frame": [[1, 2]]}, "x"])
def test_what_is_no_proof_is_refused(odd):
    with pytest.raises(RuleBroken) as refusal:
        differences(odd)
    assert refusal.value.code == "proof-odd"


def test_a_frame_or_weight_of_another_shape_is_refused(published):
    for odd in ({"frame": [["甲"]]}, {"weights": {"满意": "2"}}):
        with pytest.raises(RuleBroken) as refusal:
            differences(published | odd)
        assert refusal.value.code == "proof-odd"


@pytest.mark.parametrize("text", ["", "{", "[]", "\udcff"])
def test_a_file_that_is_none_is_refused_in_words(tmp_path, text):
    path = tmp_path / "a.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    told = CliRunner().invoke(draw, ["verify", str(path)])
    assert (told.exit_code, "JSON" in told.output) == (1, True)

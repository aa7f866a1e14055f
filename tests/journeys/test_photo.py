#!/usr/bin/env python3
"""A clerk takes somebody's photo: asked for first, seen in the oval, taken, looked at, kept; the file says nothing but its pixels, and her face shows it.

hands: keys shaky
"""
import pathlib
import re
import subprocess
import time

import checks
import hands
import player
import stage

stage.need_stage()
stage.need("convert")
village = stage.Village()
seen = village.folder / "seen.jpg"
# A plain ground of one colour, found again on the glass, with a remark that must not come along.
subprocess.run(["convert", "-size", "640x480", "xc:rgb(40,120,200)", "-set", "comment", "taken at home", str(seen)], check=True)
kiosk = player.Kiosk(village, size=hands.roomy(), options=("--camera", str(seen)))
clerk = village.staff("clerk")
card = village.cards("elder")[0]
photos = village.data / "photos"


def to_her_photo():
    """Her card, her page, her photo."""
    kiosk.card(card["code"], then="desk/person")
    kiosk.tap("more", then="desk/person_more")
    kiosk.tap_through("photo")
    kiosk.wait_screen("desk/photo")


def test_the_camera_is_off_until_she_has_agreed():
    kiosk.home()
    if kiosk.sign_in(clerk) != "desk/today":
        kiosk.fail("signing in does not lead to today")
    to_her_photo()
    kiosk.tap("take", then="desk/photo_consent")
    kiosk.tap("yes", then="desk/photo_take")
    kiosk.committed("village.consented")


def test_taken_looked_at_taken_again_and_kept():
    kiosk.wait_target("shoot")
    kiosk.tap("shoot", then="desk/photo_keep")
    if photos.exists() and any(photos.iterdir()):
        kiosk.fail("something is on the disk before the photo is kept")
    kiosk.wait_target("again")
    kiosk.tap("again", then="desk/photo_take")
    kiosk.wait_target("shoot")
    kiosk.tap("shoot", then="desk/photo_keep")
    kiosk.wait_target("keep")
    kiosk.tap("keep", then="desk/photo")
    kiosk.committed("village.person_set")


def test_one_file_is_there_and_says_nothing_but_its_pixels():
    files = list(photos.iterdir())
    if len(files) != 1 or not re.fullmatch(r"[0-9a-f-]{36}\.jpg", files[0].name):
        kiosk.fail(f"photos holds {[f.name for f in files]}")
    raw = files[0].read_bytes()
    for remark in (b"Exif", b"taken at home", b"\xff\xe1", b"\xff\xfe"):
        if remark in raw[:2048]:
            kiosk.fail(f"the photo carries {remark}")
    told = subprocess.run(["identify", "-format", "%wx%h", str(files[0])], capture_output=True, text=True, check=True).stdout
    if told != "480x480":
        kiosk.fail(f"the photo is {told}")


def blue_share(name, colour="40,120,200"):
    """How much of the glass has the photo's colour."""
    picture = village.folder / f"{name}.png"
    kiosk.shot(picture)
    told = subprocess.run(["convert", str(picture), "-fuzz", "6%", "-fill", "white", "-opaque", f"rgb({colour})", "-fill", "black", "+opaque", "white", "-format", "%[fx:mean]", "info:"],
                          capture_output=True, text=True, check=True).stdout
    return float(told)


def test_her_page_shows_it():
    kiosk.tap("back", then="desk/person_more")
    kiosk.tap("back", then="desk/person")
    kiosk.wait(lambda: any(w.get("picture") == "photo" for w in kiosk.screen["widgets"]), "her photo on her page")
    kiosk.wait(lambda: blue_share("person") > 0.005, "the photo's own colour on the glass")


def test_her_own_tile_shows_it_to_residents():
    kiosk.tap("home", then="desk/home")
    kiosk.tap("go:check_in", then="identify/group")
    kiosk.tap(f"group:{card['group']}", then="identify/faces")
    name = f"person:{card['person']}"
    while not kiosk.widget(name):
        if not kiosk.widget("page_next"):
            kiosk.fail("her face is on no page of her group")
        shown = kiosk.ids("person:")
        kiosk.tap("page_next")
        kiosk.wait(lambda: kiosk.ids("person:") != shown, "the next faces")
    if kiosk.widget(name)["picture"] != "photo":
        kiosk.fail(f"her tile shows {kiosk.widget(name)['picture']}")
    kiosk.wait(lambda: blue_share("tile") > 0.005, "the photo's own colour on her tile")


def test_a_picture_from_a_stick_comes_through_the_importer():
    inbox = village.data / "inbox"
    inbox.mkdir()
    subprocess.run(["convert", "-size", "800x600", "xc:rgb(200,60,40)", "-set", "comment", "on a stick", str(inbox / "a.jpg")], check=True)
    (inbox / "b.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20)  # begins like a picture
    kiosk.home()
    kiosk.sign_in(clerk)
    kiosk.wait_screen("desk/today")
    to_her_photo()
    kiosk.tap("file", then="desk/photo_file")
    kiosk.wait(lambda: len(kiosk.ids("file:")) == 2, "two files")
    kiosk.tap("file:0", then="desk/photo_keep")  # the newest
    time.sleep(2)
    if kiosk.widget("keep"):
        kiosk.fail("what is no picture can be kept")
    kiosk.tap("again", then="desk/photo_file")
    kiosk.tap("file:1", then="desk/photo_keep")
    kiosk.wait_target("keep")
    kiosk.tap("keep", then="desk/photo")
    kiosk.committed("village.person_set")
    [kept] = list(photos.iterdir())
    red = subprocess.run(["convert", str(kept), "-resize", "1x1", "-depth", "8", "rgb:-"], capture_output=True, check=True).stdout
    if abs(red[0] - 200) > 8 or abs(red[1] - 60) > 8 or b"on a stick" in kept.read_bytes():
        kiosk.fail(f"what is kept is not the picture of the stick: {list(red)}")
    kiosk.wait(lambda: blue_share("kept", "200,60,40") > 0.005, "the photo on the page it was taken for")
    kiosk.tap("back", then="desk/person_more")
    kiosk.tap("back", then="desk/person")
    kiosk.wait(lambda: blue_share("page", "200,60,40") > 0.005, "the photo on her page")


def test_a_drawing_instead_takes_the_file_off_the_disk():
    kiosk.home()
    kiosk.sign_in(clerk)
    kiosk.wait_screen("desk/today")
    to_her_photo()
    kiosk.tap("drawn", then="desk/photo_drawn")
    kiosk.tap("portrait:1", then="desk/photo")
    kiosk.wait(lambda: not list(photos.iterdir()), "the photo to be gone from the disk")


def test_always():
    checks.always(kiosk)


player.play([v for k, v in list(globals().items()) if k.startswith("test_")], kiosk)

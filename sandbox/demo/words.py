"""The words the demo world is made of: hiking, cooking, nature, dance and music; every name is put together."""

from __future__ import annotations

from typing import NamedTuple


class Theme(NamedTuple):
    """The title words and tags of scenes of one kind."""

    name: str
    openings: tuple[str, ...]
    subjects: tuple[str, ...]
    endings: tuple[str, ...]
    tags: tuple[str, ...]


def _cut(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|"))


THEMES = (
    Theme(
        "Hiking",
        _cut("Above | Across | Around | Beyond | Down | Over | Through | Up"),
        _cut("the Amber Ridge | the Birch Valley | the Cloud Pass | the Heron Lakes | the Low Moor | the Slate Peaks"),
        _cut("at Sunrise | by Night | in Autumn | in the Fog | on Foot | with a Map | without a Map"),
        _cut(
            "Backpack | Bridge | Campfire | Compass | Cabin | Headlamp | Map | Mountain | Ridge | Rope | Tent | Trail"
        ),
    ),
    Theme(
        "Cooking",
        _cut("A Pot of | Baking | Eight Ways with | Learning | Perfect | Slow | The Secret of | Weekday"),
        _cut("Barley Soup | Blackberry Pie | Flatbread | Mushroom Stew | Noodles | Pumpkin Dumplings | Rye Bread"),
        _cut("for a Crowd | for Beginners | for Two | from Scratch | in One Pan | in Winter | over Coals"),
        _cut(
            "Bread | Cast Iron | Dessert | Dough | Herbs | Knife Skills | Oven | Picnic | Soup | Spices | Stove | "
            "Tasting"
        ),
    ),
    Theme(
        "Nature",
        _cut("A Year of | Counting | Following | Listening to | Quiet | The Life of | Waiting for | Watching"),
        _cut("Barn Owls | Beavers | Cranes | Fireflies | Mosses | Otters | River Ice | Tide Pools | Wild Bees"),
        _cut("at Dawn | at the Coast | before the Rain | from a Hide | in Bloom | in Slow Motion | under Snow"),
        _cut(
            "Binoculars | Bird | Close-up | Drone Shot | Forest | Lake | Meadow | River | Snow | Sunset | Time Lapse "
            "| Wildlife"
        ),
    ),
    Theme(
        "Dance",
        _cut("An Evening of | Five Lessons in | Improvised | Rehearsing | Restless | Solo | Street | Two Takes of"),
        _cut("Clog Dance | Folk Reels | Line Dance | Swing | Tap | the Harvest Waltz | the Lantern Ballet"),
        _cut("at the Barn | at the Festival | in the Rain | in the Studio | on a Rooftop | on Stage | with Ribbons"),
        _cut(
            "Ballroom | Choreography | Costume | Duet | Group Dance | Mirror | Outdoor Stage | Ribbon | Shoes | Spin "
            "| Stage | Warm-up"
        ),
    ),
    Theme(
        "Music",
        _cut("Acoustic | First Notes of | Four Hands for | Late Night | Live: | Practising | Songs for | Unplugged:"),
        _cut("Cello and Rain | Harbour Songs | Marimba Stories | Old Fiddles | the Brass Parade | the Glass Harp"),
        _cut("at Home | at the Lighthouse | for Strings | in the Chapel | in the Park | No. 2 | with Friends"),
        _cut(
            "Acoustic | Audience | Band | Cello | Drums | Encore | Fiddle | Microphone | Piano | Rehearsal | Singer | "
            "Vinyl"
        ),
    ),
)
CATEGORIES = (("Gear", "SCENE"), ("Place", "SCENE"), ("Season", "SCENE"), ("Skill", "ACTION"), ("Cast", "PEOPLE"))
TAG_FORMS = _cut(
    "Alpine | Amber | Autumn | Bright | Broad | Calm | Classic | Coastal | Distant | Early | Evening | Festive | "
    "Foggy | Golden | Grand | Green | Hidden | High | Indoor | Island | Late | Little | Lively | Lone | Misty | "
    "Modern | Morning | Narrow | Northern | Old | Open | Outdoor | Plain | Quick | Quiet | Rainy | Remote | Rustic | "
    "Shaded | Silver | Simple | Slow | Southern | Spring | Steep | Stormy | Summer | Tall | Urban | Vintage | Wide | "
    "Winter | Wooden | Young"
)
FIRST_STARTS = _cut("Al | Be | Ca | Da | El | Fi | Jo | Ka | Li | Mi | No | Ra | Sa | Te | Vi | Ya")
FIRST_ENDS = _cut("bra | da | fin | lan | len | lis | mar | na | nor | ra | rin | tan | vin | wen")
LAST_STARTS = _cut("Ash | Birch | Brook | Cloud | Elder | Fern | Frost | Heather | Lark | Moss | Oak | Reed | Slate")
LAST_ENDS = _cut("bury | combe | dale | field | ford | garth | ley | mere | more | thorpe | wick | worth")
NETWORK_STARTS = _cut(
    "Amber | Blue Kite | Cedar | Driftwood | Evergreen | Foxglove | Granite | Harbour | Juniper | Lantern"
)
STUDIO_KINDS = _cut("Films | Trails | Kitchen | Wild | Steps | Sessions | Works | Days | Stories | Field Notes")
COUNTRIES = _cut("AT | CA | DK | FI | IE | IS | NO | NZ | PT | SE")
MARKS = (("Left forearm", "compass"), ("Right ankle", None), ("Shoulder", "fern leaf"), ("Back", "mountain outline"))

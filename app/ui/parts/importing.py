"""Files on their way in: how far it is and the way to stop it, or who may bring them in instead."""

import flet as ft

from app.shop.rules.errors import Refused
from app.ui import routes
from app.ui.imports import Stage
from app.ui.intake import Intake
from app.ui.parts.drawing import Drawing, Spot
from app.ui.parts.faces import LINE, SPOT, Alone, Empty
from app.ui.parts.progress import Progress
from app.ui.parts.tap import Outlined
from app.ui.parts.words import Quiet
from app.ui.state import go
from app.ui.texts import percent, problem, size, t


def UnderWay(intake: Intake, *, still: bool) -> ft.Control:
    """What is under way, how much of how much is done, and that one may look elsewhere meanwhile."""
    told = t(f"stage.{intake.stage}") if not intake.stopping else t("import_stopping")
    face: list[ft.Control] = [
        Spot(Drawing.IMPORT, SPOT),
        ft.Container(Progress(told, intake.share, still=still), width=LINE),
    ]
    of_files = intake.stage is not Stage.EXAMPLES
    if of_files and intake.total:
        face.append(Quiet(_far(intake)))
    face.append(ft.Container(Quiet(t("import_meanwhile"), text_align=ft.TextAlign.CENTER), width=LINE))
    if of_files and not intake.stopping:
        face.append(Outlined("stop-import", t("import_stop"), intake.stop))
    return Alone(face)


def NotYours(error: Refused, *, switches: bool) -> ft.Control:
    """Who looks may not bring orders in; who may, and the way to them where one `switches` accounts."""
    if not switches:
        return Empty(Drawing.IMPORT, problem(error), how=t("import_not_yours_ask"))
    accounts = ("see-accounts", t("switch_account"), lambda: go(routes.ACCOUNTS))
    return Empty(Drawing.IMPORT, problem(error), how=t("import_not_yours_how"), action=accounts)


def _far(intake: Intake) -> str:
    # Reading is one half of each file, writing its orders the other.
    halves = 1 if intake.stage is Stage.FETCHING else 2
    done, total = intake.done // halves, intake.total // halves
    return t("import_far", percent=percent(intake.share), done=size(done), total=size(total))

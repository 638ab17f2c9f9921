"""``scrutiny build``: plan every page, execute and render them, publish each edition whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from scrutiny import run
from scrutiny.due import Origins
from scrutiny.edition import FORMATS, Target
from scrutiny.errors import CannotPublish, LockedEdition, RequestError
from scrutiny.project import Project
from scrutiny.publish import manifest, whole
from scrutiny.publish.approval import Approval, in_force
from scrutiny.publish.index import write_index, write_statement
from scrutiny.publish.make import forget_failure, keep_failure, make
from scrutiny.publish.page import Made, cannot_write, warm_up
from scrutiny.publish.pages import Page, known_parts
from scrutiny.publish.plan import Planned, plan
from scrutiny.scratch import locked


@dataclass
class Outcome:
    """What a build did: pages and editions by name, failures with their messages, warnings.

    ``approved`` are approved editions that stay as they stand, each with what there is to say.
    ``stopped`` says that Ctrl-C ended it; what was published before stays.
    """

    pages: int = 0
    of: int = 0
    published: list[str] = field(default_factory=list)
    approved: list[tuple[str, str]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    stopped: bool = False


Tell = Callable[..., None]  # of each stage that ends, by its name, with what it was about


def _nobody(stage: str, **about: object) -> None:
    """Takes no note."""


@dataclass
class _Run:
    """What one build works with."""

    project: Project
    out: Path
    origins: Origins
    formats: tuple[str, ...] | None
    outcome: Outcome
    tell: Tell


def build(
    project: Project,
    targets: list[Target],
    out: Path,
    *,
    named: bool,
    jobs: int,
    force: bool = False,
    formats: tuple[str, ...] | None = None,
    scheduler: str | None = None,
    tell: Tell = _nobody,
) -> Outcome:
    """Build and publish the targets; an edition with a failed page stays as it was.

    A page is made where it is due, or in any case with ``force``; in ``formats``, or in those of
    its edition. Its HTML is made always, and a format that this machine cannot make leaves the
    rest. An edition that another run is at work on fails. With the address of a Dask
    ``scheduler``, its workers make the pages. ``tell`` is told of each stage: ``planned``;
    ``began`` for a page made here, ``made`` or ``failed``; ``published`` for an edition;
    ``indexed``.

    Raises :class:`scrutiny.errors.ScrutinyError` for what is wrong before any kernel starts, and
    :class:`scrutiny.errors.CannotPublish` where nothing can be written.
    """
    this = _Run(project, out, Origins(project, out), formats, Outcome(), tell)
    if all(target.part is not None for target in targets):  # a page each, no more
        jobs = min(jobs, len(targets))
    jobs = 0 if scheduler else jobs
    this.origins.forget_the_gone()
    with _writing(out), ExitStack() as held:
        targets = _held(held, out, targets, this.outcome)
        ready = partial(warm_up, project)
        with run.environment(project), run.Runners(jobs, project.limits, ready) as runners:
            pages = _due(this, targets, runners, named=named, force=force)
            tell("planned", pages=len(pages))
            with whole.scratch_folder(out) as scratch:
                try:
                    _make_and_publish(this, pages, scratch, runners, scheduler)
                except KeyboardInterrupt:
                    this.outcome.stopped = True
        write_index(project, out)
        write_statement(project, out)
        tell("indexed")
    return this.outcome


@contextmanager
def _writing(out: Path) -> Iterator[None]:
    """The folder of outputs for a build; one that was made for nothing goes again."""
    stood = out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise CannotPublish(f"{out.name}: {cannot_write(error)}") from error
    finally:
        if not stood:
            with suppress(OSError):
                out.rmdir()


def _held(held: ExitStack, out: Path, targets: list[Target], outcome: Outcome) -> list[Target]:
    """Return the targets whose editions this run holds until it ends; the others fail."""
    free: dict[tuple[str, str], bool] = {}
    for report, edition in sorted({(target.report, target.edition) for target in targets}):
        try:
            held.enter_context(locked(out, f"{report}/{edition}"))
            whole.complete(out / report / edition)
            free[report, edition] = True
        except LockedEdition as error:
            outcome.failed.append((f"{report}/{edition}", str(error).partition(": ")[2]))
    return [target for target in targets if (target.report, target.edition) in free]


def _due(
    this: _Run, targets: list[Target], runners: run.Runners, *, named: bool, force: bool
) -> dict[Page, Planned]:
    """Return the pages to make: those that are due, or all of them with ``force``.

    Of a page that says the same whatever changed, the manifest is written anew.
    """
    if not named and not force:
        targets = [target for target in targets if not _left_alone(this, target)]

    def said(target: Target, part: str) -> str | None:
        if force:
            return ""
        changes = this.origins.changes(target, part, this.formats or ())
        if changes and all(map(this.origins.may_concern_other_pages, changes)):
            return this.origins.says(target, part)
        return "" if changes else None

    planned = plan(this.project, targets, named=named, said=said, out=this.out, runners=runners)
    this.outcome.of = planned.of
    this.outcome.failed += planned.refused
    this.outcome.warnings = planned.warnings
    for page, known in planned.pages.items():
        if known.manifest:
            whole.put_file(this.out, page.folder(this.out) / manifest.NAME, known.manifest)
            says = this.origins.says(page.target, page.part)  # what it said before
            this.origins.record(page.target, page.part, says)
    return {page: known for page, known in planned.pages.items() if not known.manifest}


def _left_alone(this: _Run, target: Target) -> bool:
    """Whether an edition that nobody named is approved and stands: a later file is no error."""
    try:
        approval = in_force(this.project, target)
    except RequestError:
        return False  # said when it is planned
    if approval is None or not approval.stands(this.out / target.report / target.edition):
        return False
    if this.origins.is_due(target):
        why = "something that it was made from has changed; it stays as it was approved"
        this.outcome.approved.append((str(target), why))
    return True


def _make_and_publish(
    this: _Run,
    planned: dict[Page, Planned],
    scratch: Path,
    runners: run.Runners,
    scheduler: str | None,
) -> None:
    """Make the pages and publish each target as soon as it is whole."""
    pages = list(planned)
    waiting = Counter(page.target for page in pages)
    failed: dict[str, str] = {}
    made: dict[str, Made] = {}
    approvals = {page.target: in_force(this.project, page.target) for page in pages}
    formats = {
        page.name: _formats(page, this.formats or known.formats, approvals[page.target])
        for page, known in planned.items()
    }
    all_made = make(
        pages, scratch, formats, runners=runners, scheduler=scheduler, origins=this.origins,
        began=lambda page: this.tell("began", page=page.name),
    )  # fmt: skip
    for page, made[page.name], why in all_made:
        if why:
            this.tell("failed", page=page.name, why=why)
        else:
            this.tell("made", page=page.name, took=made[page.name].seconds)
        failed |= {page.name: why} if why else {}
        # What the machine lacks is said once, not for each page.
        lacking = [lack for lack in made[page.name].lacking if lack not in this.outcome.failed]
        this.outcome.failed += lacking
        waiting[page.target] -= 1
        if waiting[page.target]:
            continue
        own = [each for each in pages if each.target == page.target]
        if wrong := [each for each in own if each.name in failed]:
            this.outcome.failed += [(each.name, failed[each.name]) for each in wrong]
            for each in wrong:
                keep_failure(scratch, this.out, each, failed[each.name])
        elif not (approval := approvals[page.target]) or _may_replace(this, own, scratch, approval):
            _publish(this, own, scratch, made)
        else:
            for each in own:
                this.origins.record(each.target, each.part, made[each.name].says)


def _formats(page: Page, wanted: tuple[str, ...], approval: Approval | None) -> tuple[str, ...]:
    """Return the formats of a page: those that are wanted, and those that were approved."""
    approved = approval.outputs.get(page.part, {}) if approval else ()
    own = {Path(name).suffix[1:] for name in approved} & set(FORMATS)
    return tuple(sorted({*wanted, *own}))


def _may_replace(this: _Run, own: list[Page], scratch: Path, approval: Approval) -> bool:
    """Whether made pages of an approved edition are to be put in place: what stands is not whole.

    Pages that are the same to the byte are said to be so; others fail.
    """
    target = own[0].target
    for page in own:
        if name := approval.other(page.part, page.folder(scratch)):
            why = (
                f"approved by {approval.by} on {approval.on}, and {name} would not be the same; "
                f'scrutiny build {target} --revise "reason" makes a new revision'
            )
            this.outcome.failed.append((page.name, why))
            return False
    stands = all(not approval.other(page.part, page.folder(this.out)) for page in own)
    if stands:
        this.outcome.approved.append((str(target), "the same bytes as were approved"))
    return not stands


def _publish(this: _Run, own: list[Page], scratch: Path, made: dict[str, Made]) -> None:
    """Put the pages of one target in place, or say why they could not be."""
    target = own[0].target
    edition = Path(target.report) / target.edition
    its_own = known_parts(this.project, target)
    try:
        whole.put_parts(
            scratch, this.out / edition, scratch / edition, [p.part for p in own], its_own
        )
    except OSError as error:
        this.outcome.failed.append((str(target), cannot_write(error)))
        return
    for page in own:
        this.origins.record(target, page.part, made[page.name].says)
        forget_failure(this.out, page)
    this.outcome.published.append(str(target))
    this.outcome.pages += len(own)
    this.tell("published", edition=str(target), pages=len(own))

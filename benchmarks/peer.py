"""Another help desk, in its own process and environment: `python peer.py NAME FOLDER TICKETS ONE_IN`.

It is filled once. Then it does the operation that each line of standard input names, and prints its time. It imports
nothing of our code. `benchmarks/peers.py` runs it.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

PAGE = 72
AT_ONCE = 1_000
WORD = "laudo"
"""The searched word. One in `ONE_IN` tickets has it."""


def main() -> None:
    """Do what standard input asks for, until it ends."""
    name, folder, titles = sys.argv[1], Path(sys.argv[2]), [title(n, int(sys.argv[4])) for n in range(int(sys.argv[3]))]
    verbs = {"roundup": roundup, "django-helpdesk": helpdesk}[name](folder, titles)
    print(json.dumps(list(verbs)), flush=True)
    for line in sys.stdin:
        begun, used = time.perf_counter(), time.process_time()
        verbs[line.strip()]()
        print(json.dumps([time.perf_counter() - begun, time.process_time() - used]), flush=True)


def title(number: int, one_in: int) -> str:
    """The title of a ticket."""
    return f"Pedido de {WORD} {number}" if number % one_in == 0 else f"Pedido {number}"


def roundup(folder: Path, titles: Sequence[str]) -> dict[str, Callable[[], object]]:
    """A tracker of its classic template, in SQLite."""
    os.environ["SENDMAILDEBUG"] = os.devnull  # nobody is written to
    is_new = not folder.exists()
    if is_new:
        admin = [str(Path(sys.executable).parent / "roundup-admin"), "-i", str(folder)]
        wanted = "mail_domain=localhost,mail_host=localhost,tracker_web=http://localhost/"
        for command in (["install", "classic", "sqlite", wanted], ["initialise", "measured"]):
            subprocess.run([*admin, *command], check=True, stdout=subprocess.DEVNULL)
    from roundup import instance

    db: Any = instance.open(str(folder)).open("admin")
    me, waiting = db.getuid(), [number for number in db.status.list() if db.status.get(number, "name") != "resolved"]

    def open_one(number: int) -> None:
        said = db.msg.create(author=me, content="Passos reproduzidos ao telefone.", summary="Passos")
        db.issue.create(title=titles[number], messages=[said], priority=str(1 + number % 5), status="1")

    def open_ticket() -> None:
        open_one(1)
        db.commit()

    def listed(matches: Any = None) -> None:
        order = [("+", "priority"), ("+", "activity")]
        found = db.issue.filter_with_permissions(matches, {"status": waiting}, order, userid=me)
        columns = ("title", "status", "priority", "assignedto", "creator", "activity")
        for number in found[:PAGE]:
            [db.issue.get(number, column) for column in columns]

    def page() -> None:
        db.clearCache()  # as each of its requests begins
        listed()

    def word() -> None:
        db.clearCache()
        listed(db.indexer.search([WORD.upper()], db.issue))

    for number in range(len(titles)) if is_new else ():
        open_one(number)
        if number % AT_ONCE == AT_ONCE - 1:
            db.commit()
            db.clearCache()
    db.commit()
    return {"open": open_ticket, "first page": page, "a word, first page": word}


def helpdesk(folder: Path, titles: Sequence[str]) -> dict[str, Callable[[], object]]:
    """A site with nothing but it, in SQLite."""
    import django
    from django.conf import settings

    is_new = not folder.exists()
    folder.mkdir(exist_ok=True)
    apps = ("auth", "contenttypes", "sessions", "sites", "messages", "admin", "humanize", "staticfiles")
    settings.configure(
        SECRET_KEY="measured",
        INSTALLED_APPS=[*(f"django.contrib.{app}" for app in apps), "rest_framework", "helpdesk"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "desk.db")}},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",  # nobody is written to
        SITE_ID=1,
        USE_TZ=True,
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        HELPDESK_TEAMS_MODE_ENABLED=False,
    )
    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.db import transaction
    from django.urls import include, path
    from django.utils import timezone
    from helpdesk.forms import TicketForm
    from helpdesk.models import FollowUp, Queue, Ticket
    from helpdesk.query import get_query_class, query_to_base64
    from helpdesk.user import HelpdeskUser

    settings.ROOT_URLCONF = (path("", include("helpdesk.urls")),)  # its rows tell their addresses
    if is_new:
        call_command("migrate", verbosity=0)
        me = get_user_model().objects.create_superuser("ana", "ana@example.com", "measured")
        queue = Queue.objects.create(title="Suporte", slug="suporte")
        now = timezone.now()
        for first in range(0, len(titles), AT_ONCE):
            some = [
                Ticket(
                    title=titles[number],
                    queue=queue,
                    status=1,
                    priority=1 + number % 5,
                    created=now,
                    modified=now,
                    submitter_email="cliente@example.com",
                    description="Passos reproduzidos ao telefone.",
                )
                for number in range(first, min(first + AT_ONCE, len(titles)))
            ]
            with transaction.atomic():
                made = Ticket.objects.bulk_create(some)
                FollowUp.objects.bulk_create([FollowUp(ticket=one, date=now, title="Aberto", user=me) for one in made])
    me, queue = get_user_model().objects.get(), Queue.objects.get()

    def open_ticket() -> None:
        typed = {
            "queue": str(queue.pk),
            "title": titles[1],
            "body": "Passos reproduzidos ao telefone.",
            "priority": "3",
            "submitter_email": "cliente@example.com",
        }
        form = TicketForm(queue_choices=[(queue.pk, queue.title)], data=typed)
        assert form.is_valid(), form.errors
        with transaction.atomic():
            form.save(me)

    def listed(search: str) -> None:
        wanted = {"filtering": {"status__in": [1, 2, 6]}, "sorting": "priority", "search_string": search}
        query = get_query_class()(HelpdeskUser(me), base64query=query_to_base64(wanted))
        query.get_datatables_context(length=[str(PAGE)], start=["0"], draw=["1"])

    return {
        "open": open_ticket,
        "first page": lambda: listed(""),
        "a word, first page": lambda: listed(WORD),
    }


if __name__ == "__main__":
    main()

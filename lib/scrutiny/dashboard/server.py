"""The server: Voila over two notebooks, with kernels forked warm, for so many visitors."""

from __future__ import annotations

import logging
import os
import signal
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import FileFindHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.ioloop import IOLoop
from traitlets.config import Config
from voila.app import Voila, _kernel_id_regex
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.static_file_handler import MultiStaticFileHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from scrutiny import scratch
from scrutiny.dashboard.gate import Gate, Token, is_loopback
from scrutiny.dashboard.kernels import Kernels
from scrutiny.dashboard.pages import (
    DASHBOARDS,
    HEADERS,
    Alive,
    Dashboard,
    Enter,
    Nothing,
    Reports,
    Start,
    asset,
    gated,
)
from scrutiny.dashboard.ready import OUTPUTS_VARIABLE, ready
from scrutiny.errors import CannotServe
from scrutiny.project import Project
from scrutiny.run import forked, nursery
from scrutiny.run.notebook import PREFIX, environment

TYPESETTER = "@jupyterlab/mathjax2-extension"  # would be asked for elsewhere
EXTENSIONS = ["@voila-dashboards/widgets-manager8", "@jupyter-widgets/jupyterlab-manager"]
KERNEL_BYTES = 500_000_000  # beside what is shared
KERNEL_SECONDS = 600  # of a processor
LONGEST_FOLDER = 40  # in which the names of sockets fit, of 107 letters at most
LONGEST_MESSAGE = 1_000_000  # of a visitor, in bytes


@dataclass(frozen=True)
class Service:
    """How to serve: where, to whom, how many at once, and when a kernel without use ends."""

    host: str
    port: int
    gate: Gate
    most: int
    gone: float
    idle: float
    outputs: Path


class Served(Voila):
    """Voila with only what the two dashboards need."""

    project: Project
    service: Service

    def setup_template_dirs(self) -> None:
        """Look for our template where :func:`serve` has put it, and for Voila's own files."""
        super().setup_template_dirs()
        self.voila_configuration.extension_allowlist = EXTENSIONS

    def init_settings(self) -> dict[str, Any]:
        """Return Voila's settings, with the gate and without addresses of others."""
        gate = self.service.gate
        settings = super().init_settings()
        open_to_names = not is_loopback(self.service.host)
        return settings | {
            "gate": gate,
            "outputs": self.service.outputs,
            "headers": HEADERS,
            "mathjax_url": "",
            "allow_remote_access": open_to_names,  # else a foreign name could lead here
            "cookie_secret": gate.secret if isinstance(gate, Token) else os.urandom(32),
            "websocket_max_message_size": LONGEST_MESSAGE,
            "default_handler_class": Nothing,
        }

    def init_handlers(self) -> list[tuple]:
        """Return what is answered; each asks the gate first."""
        paths = {"paths": self.static_paths, "default_filename": None}
        extensions = {"path": self.labextensions_path}
        handlers: list[tuple] = [
            (r"/", Start),
            (r"/enter", Enter),
            (rf"/alive/{_kernel_id_regex}", Alive),
            (rf"/api/kernels/{_kernel_id_regex}", gated(KernelHandler)),
            (rf"/api/kernels/{_kernel_id_regex}/channels", gated(VoilaKernelWebsocketHandler)),
            (rf"/voila/api/shutdown/{_kernel_id_regex}", gated(VoilaShutdownKernelHandler)),
            (r"/voila/static/(.*)", asset(MultiStaticFileHandler), paths),
            (r"/voila/labextensions/(.*)", asset(FileFindHandler), extensions),
            (r"/reports/(.*)", Reports, {"path": str(self.service.outputs.resolve())}),
        ]
        for name in DASHBOARDS:
            given = {
                "notebook_path": f"notebooks/{name}.ipynb",
                "template_paths": self.template_paths,
                "config": self.config,
                "voila_configuration": self.voila_configuration,
            }
            handlers.append((rf"/{name}/?", Dashboard, given))
        return [*handlers, (r".*", Nothing)]


def serve(project: Project, service: Service, began: Callable[[str], None]) -> None:
    """Serve until stopped; ``began`` is told the address, once it is.

    Raises :class:`CannotServe` where kernels cannot be forked or the port is taken.
    """
    if not forked.can_fork():
        raise CannotServe("the dashboard forks its kernels, which needs Linux")
    with (
        environment(project),
        scratch.folder(Path(tempfile.gettempdir()), PREFIX) as folder,
    ):
        template = folder / "jupyter" / "voila" / "templates" / "dashboard"
        template.mkdir(parents=True)
        templates = project.root / "templates"
        for path in (*(templates / "dashboard").iterdir(), templates / "report" / "report.css"):
            (template / path.name).symlink_to(path)
        os.environ["JUPYTER_PATH"] = str(folder / "jupyter")
        os.environ[OUTPUTS_VARIABLE] = str(service.outputs)
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        kernels = nursery.Nursery(folder, _rehearse, KERNEL_BYTES, KERNEL_SECONDS)
        try:
            nursery.use(kernels)
            _run(project, service, folder, began)
        finally:
            kernels.close()


def _rehearse() -> None:
    """Load what every kernel needs, and show once what most visitors see first."""
    from ipywidgets import Widget

    from scrutiny.dashboard import explore, recommendations

    ready()
    explore()
    recommendations()
    Widget.close_all()  # no visitor's page is to look for these


def _run(project: Project, service: Service, folder: Path, began: Callable[[str], None]) -> None:
    Served.clear_instance()
    app = Served.instance(config=_config(project, service, folder), log_level=logging.ERROR)
    app.project, app.service = project, service
    app.initialize([])
    address = f"http://{service.host}:{service.port}/"
    IOLoop.current().add_callback(began, address)  # runs once it listens
    try:
        app.start()
    except SystemExit as error:
        raise CannotServe(
            f"--port {service.port} is taken or not allowed on {service.host}; name another"
        ) from error


def _config(project: Project, service: Service, folder: Path) -> Config:
    config = Config()
    config.Voila.root_dir = str(project.root)
    config.Voila.config_file_paths = []
    config.Voila.ip, config.Voila.port, config.Voila.port_retries = service.host, service.port, 0
    config.Voila.open_browser = False
    config.Voila.connection_dir_root = str(folder)
    config.VoilaConfiguration.template = "dashboard"
    config.VoilaConfiguration.allow_template_override = "NO"
    config.VoilaConfiguration.allow_theme_override = "NO"
    config.VoilaConfiguration.multi_kernel_manager_class = Kernels
    config.VoilaConfiguration.page_config_hook = _without_typesetter
    config.VoilaConfiguration.file_allowlist = []
    config.Kernels.most = service.most
    config.Kernels.gone = service.gone
    config.Kernels.idle = service.idle
    if len(str(folder)) <= LONGEST_FOLDER:
        config.KernelManager.transport = "ipc"  # sockets in a folder that others cannot enter
    config.KernelManager.autorestart = False  # a kernel without its visitor's choices is no help
    return config


def _without_typesetter(page_config: dict[str, Any], **of_the_page: Any) -> dict[str, Any]:
    return page_config | {"disabledExtensions": [TYPESETTER, f"{TYPESETTER}:plugin"]}

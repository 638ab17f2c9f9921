"""The server of the dashboards gives two pages, to those who may come in, and nothing else."""

import asyncio
import json
import os
import signal
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from jupyter_client import BlockingKernelClient
from scrutiny.dashboard.gate import Open, Proxy, Token, gate
from scrutiny.errors import WrongOption
from serving import KERNEL, SECRET, serving
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.httputil import HTTPHeaders, HTTPServerRequest, RequestStartLine
from tornado.websocket import websocket_connect

TOKEN = "for-members-and-officers-of-the-committee"
PLACES = 3
SECONDS_TO_BE_GONE = 60


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server for this machine alone."""
    folder = tmp_path_factory.mktemp("d")
    (folder / "out" / "a" / "1" / ".failed").mkdir(parents=True)
    for name in ("1/a-1.html", "1/results.csv", "1/.failed/a-1.html"):
        (folder / "out" / "a" / name).write_text("measure,statistic\n")
    with serving("--out", str(folder / "out")) as found:
        yield found


@pytest.fixture(scope="module")
def kernel(server):
    """The kernel of a visitor to the server."""
    return KERNEL.search(server.ask("/explore")[2])[1]


@pytest.fixture
def inside(server, kernel):
    """A way into the visitor's kernel that only this machine's user has: what code prints there."""
    client = BlockingKernelClient()
    client.load_connection_file(str(server.connection_file(kernel)))
    client.start_channels()
    printed = []

    def run(code):
        printed.clear()
        client.execute_interactive(
            code, timeout=30, output_hook=lambda message: printed.append(message["content"])
        )
        return json.dumps(printed)

    yield run
    client.stop_channels()


@pytest.mark.parametrize("name", ["explore", "recommendations"])
def test_a_dashboard_is_a_page_with_a_kernel_and_no_address_of_others(server, name):
    status, headers, text = server.ask(f"/{name}")
    assert (status, "default-src 'none'" in headers["Content-Security-Policy"]) == (200, True)
    assert KERNEL.search(text)
    assert "https://" not in text


def test_the_way_in_names_the_two_dashboards(server):
    status, _, text = server.ask("/")
    assert status == 200
    assert 'href="/explore"' in text
    assert 'href="/recommendations"' in text


@pytest.mark.parametrize(
    "path",
    [
        "/voila/tree", "/voila/render/notebooks/committee-monthly.ipynb", "/committee-monthly",
        "/notebooks/explore.ipynb", "/voila/files/README.md", "/voila/files/../README.md",
        "/api/contents", "/api/kernels", "/api/kernelspecs", "/api/sessions", "/api/terminals",
        "/explore/../../etc/passwd", "/explore%2f..%2f..%2fREADME.md", "/voila/api/contents/",
        "/voila/static/../../../../../../etc/passwd", "/voila/static/%2e%2e/%2e%2e/app.py",
        "/voila/templates/dashboard/static/../../../../../README.md",
        "/voila/labextensions/..%2f..%2f..%2fREADME.md",
        "/reports/", "/reports/a/1/results.csv", "/reports/a/1/.failed/a-1.html",
        "/reports/../README.md", "/reports/%2e%2e/%2e%2e/README.md",
    ],
)  # fmt: skip
def test_no_other_path_leads_anywhere(server, path):
    status, _, text = server.ask(path)
    assert status in (403, 404)
    assert "root:" not in text
    assert "Traceback" not in text


def test_a_built_page_is_served(server):
    assert server.ask("/reports/a/1/a-1.html")[0] == 200


def test_a_foreign_name_for_this_address_gets_nothing(server):
    status, _, text = server.ask("/explore", Host="evil.example")
    assert (status, KERNEL.search(text)) == (403, None)


def test_a_hostile_query_is_not_in_the_page(server):
    status, _, text = server.ask("/explore?area=%3Cscript%3Ealert(1)%3C/script%3E&measure=../x")
    assert status == 200
    assert "alert(1)" not in text


def messages(server, kernel, origin, *asked):
    """What the socket of a kernel answers to messages of these types, in two seconds."""

    async def talk():
        address = f"ws://127.0.0.1:{server.port}/api/kernels/{kernel}/channels"
        socket = await websocket_connect(HTTPRequest(address, headers={"Origin": origin}))
        for kind, content in asked:
            header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "username": "", "session": "s"}
            header |= {"version": "5.3", "date": ""}
            about = {"parent_header": {}, "metadata": {}, "buffers": [], "channel": "shell"}
            await socket.write_message(json.dumps({"header": header, "content": content} | about))
        heard, until = [], time.monotonic() + 2
        while (left := until - time.monotonic()) > 0:
            try:
                heard.append(json.loads(await asyncio.wait_for(socket.read_message(), left)))
            except TimeoutError:
                break
        socket.close()
        return [each["header"]["msg_type"] for each in heard]

    # A thread of its own: a browser of another test may keep a loop running in this one.
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(lambda: asyncio.run(talk())).result()


def test_no_code_of_a_visitor_is_run(server, kernel, tmp_path):
    mark = tmp_path / "ran"
    code = {"code": f"open({str(mark)!r}, 'w')", "silent": False, "allow_stdin": False}
    heard = messages(
        server, kernel, server.address,
        ("execute_request", code), ("complete_request", {"code": "op", "cursor_pos": 2}),
        ("inspect_request", {"code": "open", "cursor_pos": 2}), ("kernel_info_request", {}),
    )  # fmt: skip
    assert "kernel_info_reply" in heard
    assert not {"execute_reply", "complete_reply", "inspect_reply"} & set(heard)
    assert not mark.exists()


def test_a_page_of_another_site_gets_no_socket(server, kernel):
    with pytest.raises(HTTPClientError, match="403"):
        messages(server, kernel, "https://evil.example", ("kernel_info_request", {}))


def test_no_kernel_can_find_a_secret_of_the_server(server, inside):
    code = """import os, pathlib
found = repr(dict(os.environ)).encode()
for path in pathlib.Path('/proc').glob('[0-9]*/environ'):
    if path.parent.name in PROCESSES.split():
        try:
            found += path.read_bytes()
        except OSError:
            pass
print('read', len(found), b'SECRET' in found)"""
    processes = " ".join(map(str, server.processes()))
    code = code.replace("PROCESSES", repr(processes)).replace("SECRET", SECRET)
    said = inside(code)
    assert "read" in said
    assert "False" in said


def test_a_kernel_has_no_more_memory_than_its_share(inside):
    assert "MemoryError" in inside("held = bytearray(3_000_000_000)")


def test_a_killed_kernel_is_missed_and_the_server_lives(server):
    own = KERNEL.search(server.ask("/explore")[2])[1]
    assert server.ask(f"/alive/{own}")[0] == 204
    os.kill(server.kernel_process(own), signal.SIGKILL)
    until = time.monotonic() + 15
    while server.ask(f"/alive/{own}")[0] == 204 and time.monotonic() < until:
        time.sleep(0.2)
    assert server.ask(f"/alive/{own}")[0] == 410
    assert server.ask("/explore")[0] == 200


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    """A server with few places, for those who have the token."""
    folder = tmp_path_factory.mktemp("g")
    (folder / "token").write_text(TOKEN)
    options = ("--auth", str(folder / "token"), "--visitors", str(PLACES))
    with serving(*options, "--out", str(folder)) as found:
        yield found


@pytest.fixture(scope="module")
def cookie(guarded):
    """What the token is exchanged for."""
    _, headers, _ = guarded.ask("/enter", "POST", f"token={TOKEN}&here=/explore")
    assert "HttpOnly" in headers["Set-Cookie"]
    return headers["Set-Cookie"].partition(";")[0]


@pytest.mark.parametrize(
    "path",
    [
        "/", "/explore", "/recommendations", "/reports/index.html", "/voila/static/voila.js",
        "/alive/00000000-0000-0000-0000-000000000000", "/nothing", "/api/kernels/a-b-c-d-e",
        "/api/kernels/a-b-c-d-e/channels", "/voila/templates/dashboard/static/voila.js",
        "/voila/labextensions/@voila-dashboards/widgets-manager8/package.json",
    ],
)  # fmt: skip
def test_whoever_has_no_token_gets_nothing(guarded, path):
    status, _, text = guarded.ask(path)
    assert (status, "Token" in text, KERNEL.search(text)) == (403, True, None)
    assert guarded.ask(path, Cookie="scrutiny-dashboard=in")[0] == 403


def test_a_wrong_token_opens_nothing(guarded):
    status, headers, _ = guarded.ask("/enter", "POST", "token=guess&here=/explore")
    assert (status, headers["Set-Cookie"]) == (302, None)


def test_the_token_leads_to_no_other_site(guarded):
    _, headers, _ = guarded.ask("/enter", "POST", f"token={TOKEN}&here=//evil.example/")
    assert headers["Location"] == "/"


def test_of_many_at_once_exactly_as_many_come_in_as_there_are_places(guarded, cookie):
    with ThreadPoolExecutor(2 * PLACES) as pool:
        answers = list(
            pool.map(lambda _: guarded.ask("/explore", Cookie=cookie), range(2 * PLACES))
        )
    assert sorted(status for status, _, _ in answers) == [200] * PLACES + [503] * PLACES
    full = next(answer for answer in answers if answer[0] == 503)
    assert full[1]["Retry-After"] == "30"
    assert "Every place is taken" in full[2]
    begun = time.monotonic()
    while guarded.ask("/explore", Cookie=cookie)[0] == 503:  # they were never there: they are gone
        assert time.monotonic() < begun + SECONDS_TO_BE_GONE
        time.sleep(1)


@pytest.mark.parametrize("host", ["0.0.0.0", "10.1.2.3", "::", "example.org"])
def test_no_address_of_others_is_served_without_auth(host):
    with pytest.raises(WrongOption, match="needs --auth"):
        gate(host, None, ())


def test_the_command_refuses_to_start_open(scrutiny):
    finished = scrutiny("dashboard", "--host", "0.0.0.0")
    assert finished.returncode == 2
    assert "needs --auth" in finished.stderr


def test_a_short_token_is_refused(tmp_path):
    (tmp_path / "token").write_text("short")
    with pytest.raises(WrongOption, match="shorter than 20"):
        gate("0.0.0.0", str(tmp_path / "token"), ())


def test_each_kind_of_gate_is_made_of_its_option(tmp_path):
    (tmp_path / "token").write_text(TOKEN)
    assert isinstance(gate("127.0.0.1", None, ()), Open)
    assert isinstance(gate("0.0.0.0", str(tmp_path / "token"), ()), Token)
    proxy = gate("0.0.0.0", "proxy-header:X-Forwarded-User", ("10.0.0.5",))
    assert proxy == Proxy("X-Forwarded-User", ("10.0.0.5",))


@pytest.mark.parametrize(
    ("sender", "headers", "admitted"),
    [
        pytest.param("10.0.0.5", {"X-Forwarded-User": "ann"}, True, id="the-proxy-names-a-user"),
        pytest.param("10.0.0.5", {"X-Forwarded-User": " "}, False, id="the-proxy-names-nobody"),
        pytest.param("10.0.0.5", {}, False, id="the-proxy-says-nothing"),
        pytest.param("10.0.0.9", {"X-Forwarded-User": "ann"}, False, id="another-writes-the-name"),
    ],
)
def test_a_header_is_believed_of_the_proxy_alone(sender, headers, admitted):
    line = RequestStartLine("GET", "/", "HTTP/1.1")
    request = HTTPServerRequest(start_line=line, headers=HTTPHeaders({"Host": "x"} | headers))
    request.remote_ip = sender
    asked = SimpleNamespace(request=request)
    assert Proxy("X-Forwarded-User", ("10.0.0.5",)).admits(asked) is admitted


@pytest.mark.parametrize("proxy", ["proxy.example.org", "10.0.0"])
def test_a_proxy_is_named_by_its_address(proxy):
    with pytest.raises(WrongOption, match="no address"):
        gate("0.0.0.0", "proxy-header:X-Forwarded-User", (proxy,))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--port", "0"], "--port 0 is no port"),
        (["--visitors", "0"], "--visitors 0 would let nobody in"),
        (["--idle", "0"], "--idle 0"),
        (["--auth", "no-such-file"], "cannot be read"),
    ],
)
def test_a_wrong_option_is_said_before_anything_is_loaded(scrutiny, options, said):
    finished = scrutiny("dashboard", *options)
    assert finished.returncode == 2
    assert said in finished.stderr

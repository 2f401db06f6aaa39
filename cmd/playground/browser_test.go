//go:build !js

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A browser is a session of the WebDriver protocol, by its address.
type browser struct {
	t       *testing.T
	session string
}

// newBrowser starts Chromium.
func newBrowser(t *testing.T) *browser {
	t.Helper()
	driver, err := exec.LookPath("chromedriver")
	chromium, err2 := exec.LookPath("chromium")
	if err != nil || err2 != nil {
		t.Skip("needs Chromium and its driver: apt-get install chromium chromium-driver")
	}
	cmd := exec.Command(driver, "--port=0") // any that is free
	stdout, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	port := ""
	lines := bufio.NewScanner(stdout)
	for port == "" && lines.Scan() {
		if m := regexp.MustCompile(`started successfully on port (\d+)`).FindStringSubmatch(lines.Text()); m != nil {
			port = m[1]
		}
	}
	require.NotEmpty(t, port, "chromedriver did not start")

	b := &browser{t, "http://localhost:" + port + "/session"}
	var started struct{ SessionID string }
	b.call("POST", "", map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{
		"goog:chromeOptions": map[string]any{"binary": chromium, "args": []string{
			"--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
			"--disable-component-update", "--disable-sync", "--user-data-dir=" + t.TempDir(),
		}},
		"goog:loggingPrefs": map[string]string{"browser": "ALL"},
	}}}, &started)
	b.session += "/" + started.SessionID
	t.Cleanup(func() { b.call("DELETE", "", nil, nil) })
	return b
}

// call sends a command, and decodes what it returns into out.
func (b *browser) call(method, path string, in, out any) {
	b.t.Helper()
	var body bytes.Buffer
	if in != nil {
		require.NoError(b.t, json.NewEncoder(&body).Encode(in))
	}
	r, err := http.NewRequest(method, b.session+path, &body)
	require.NoError(b.t, err)
	response, err := http.DefaultClient.Do(r)
	require.NoError(b.t, err)
	defer response.Body.Close()
	var answer struct{ Value json.RawMessage }
	require.NoError(b.t, json.NewDecoder(response.Body).Decode(&answer))
	require.Equal(b.t, 200, response.StatusCode, "%s %s: %s", method, path, answer.Value)
	if out != nil {
		require.NoError(b.t, json.Unmarshal(answer.Value, out))
	}
}

func (b *browser) open(address string) {
	b.t.Helper()
	b.call("POST", "/url", map[string]string{"url": address}, nil)
}

// element returns the path of an element.
func (b *browser) element(selector string) string {
	b.t.Helper()
	var found map[string]string
	b.call("POST", "/element", map[string]string{"using": "css selector", "value": selector}, &found)
	for _, id := range found {
		return "/element/" + id
	}
	return ""
}

func (b *browser) text(selector string) (text string) {
	b.t.Helper()
	b.call("GET", b.element(selector)+"/text", nil, &text)
	return text
}

// script runs a piece of JavaScript and returns what that does.
func (b *browser) script(source string) (out string) {
	b.t.Helper()
	b.call("POST", "/execute/sync", map[string]any{"script": source, "args": []any{}}, &out)
	return out
}

// press presses keys, one after the other, in an element.
func (b *browser) press(selector, keys string) {
	b.t.Helper()
	b.call("POST", b.element(selector)+"/value", map[string]string{"text": keys}, nil)
}

// Keys of the protocol.
const (
	selectAll = "\uE009a\uE000" // control with a, and both released
	right     = "\uE014"
)

// enter types an expression in place of the present one.
func (b *browser) enter(expr string) {
	b.t.Helper()
	b.press("#source", selectAll+expr)
}

// sees waits until a regular expression matches the text of an element.
func (b *browser) sees(selector, want string) {
	b.t.Helper()
	text := ""
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if text = b.text(selector); regexp.MustCompile(want).MatchString(text) {
			return
		}
	}
	b.t.Fatalf("%s is %q, which does not match %q", selector, text, want)
}

func TestBrowser(t *testing.T) {
	server := httptest.NewServer(builtSite(t))
	defer server.Close()
	b := newBrowser(t)

	b.open(server.URL)
	b.sees("#result", `^\[ 8001 8002 8003 \]$`)
	b.enter("let x = 20; in map (n: n + x) [ 1 2 ]")
	b.sees("#result", `^\[ 21 22 \]$`)
	b.sees("#status", `^\d+ ms$`)

	b.press("[name=form]:checked", right)
	b.sees("#result", `^\[\s+21,\s+22\s+\]$`)
	shared := b.script("return location.href")
	assert.Contains(t, shared, "form=json")

	b.enter("let x = 20;\nin x + y")
	b.sees("#result", `undefined variable 'y'\s+--> «string»:2:8`)
	assert.Equal(t, "error[undefined-variable]:", b.text("#result .red"), "in colour")
	b.press("[name=form]:checked", right) // YAML
	b.enter(`{ text = "<b>\u001b[31m</b>"; }`)
	b.sees("#result", `^text: ".*<b>.*</b>"$`)
	b.press("[name=form]:checked", right) // TOML
	b.enter("{ a.b = 1; }")
	b.sees("#result", `^\[a\]\nb = 1$`)
	b.press("[name=form]:checked", right) // Nix again
	b.call("POST", b.element("#copy")+"/click", map[string]any{}, nil)
	b.sees("#status", "^link copied$|^the browser does not allow copying")

	b.enter("builtins.trace { } 1")
	b.sees("#notes", `^trace: \{ \}$`)

	// Each of these meets a limit, and the next one is evaluated all the same.
	b.enter("let f = n: f (n + 1); in f 0")
	b.sees("#result", "max-call-depth exceeded|nested too deeply")
	b.enter("let f = n: if n == 0 then 0 else f (n - 1) + f (n - 1); in f 99")
	b.sees("#result", "longer than its limit|more steps than its limit")
	b.enter("builtins.genList (n: n) 5000000")
	b.sees("#result", "more memory than its limit")

	// One that is out of date is not waited for.
	b.enter("let f = n: if n == 0 then 0 else f (n - 1) + f (n - 1); in f 99")
	b.sees("#status", "evaluating…")
	b.enter("1 + 1")
	b.sees("#result", "^2$")

	b.open("about:blank")
	b.open(shared)
	b.sees("#result", `^\[\s+21,\s+22\s+\]$`)
	assert.Equal(t, "let x = 20; in map (n: n + x) [ 1 2 ]", b.script(`return document.getElementById("source").value`))
	b.script(`location.hash = "#expr=" + encodeURIComponent("6 * 7"); return ""`)
	b.sees("#result", "^42$")

	for i, want := range []string{
		`^\[ 8001 8002 8003 \]$`, "welcome to cellar, alice", `^\[ 1 2 3 4 5 6 7 8 9 10 \]$`, `outPath = "/nix/store/`, "attribute 'port' missing",
	} {
		b.call("POST", b.element(fmt.Sprintf("#examples option:nth-child(%d)", i+2))+"/click", map[string]any{}, nil)
		b.sees("#result", want)
	}

	var log []struct{ Message string }
	b.call("POST", "/se/log", map[string]string{"type": "browser"}, &log)
	for _, line := range log {
		// Of Go, whose stack the browser's is too small for.
		if !strings.Contains(line.Message, "RangeError") {
			t.Error(line.Message)
		}
	}
}

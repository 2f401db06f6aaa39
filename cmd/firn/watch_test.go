package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/eval/world"
)

// A watching is a firn eval --watch in which time passes as the test says: it looks at
// files when step says so.
type watching struct {
	t        *testing.T
	dir      string
	mu       sync.Mutex
	out, err bytes.Buffer
	idle     chan struct{} // it waits
	next     chan bool     // whether it goes on
	status   chan int
}

type lockedWriter struct {
	mu  *sync.Mutex
	out *bytes.Buffer
}

func (w lockedWriter) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.out.Write(p)
}

func startWatching(t *testing.T, files map[string]string, args ...string) *watching {
	w := &watching{t: t, dir: t.TempDir(), idle: make(chan struct{}), next: make(chan bool), status: make(chan int, 1)}
	for name, text := range files {
		w.write(name, text)
	}
	s := &streams{
		in: strings.NewReader(""), out: lockedWriter{&w.mu, &w.out}, err: lockedWriter{&w.mu, &w.err},
		host: world.OS(), dir: setup.Absolute(w.dir), home: "/home/alice", delay: -1,
		wait: func(context.Context) bool {
			w.idle <- struct{}{}
			return <-w.next
		},
	}
	go func() {
		status := run(append([]string{"eval", "--watch"}, args...), s)
		w.status <- status
		close(w.idle)
	}()
	<-w.idle
	t.Cleanup(w.end)
	return w
}

func (w *watching) write(name, text string) {
	require.NoError(w.t, os.WriteFile(filepath.Join(w.dir, name), []byte(text), 0o666))
}

// printed returns what was printed since the last time.
func (w *watching) printed() (out, errs string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	out, errs = w.out.String(), w.err.String()
	w.out.Reset()
	w.err.Reset()
	return out, errs
}

// step lets it look at files once, and once more if there was a change.
func (w *watching) step() (out, errs string) {
	for range 2 {
		w.next <- true
		<-w.idle
	}
	return w.printed()
}

func (w *watching) end() {
	if w.next == nil {
		return
	}
	w.next <- false
	<-w.idle
	assert.Equal(w.t, 0, <-w.status)
	w.next = nil
}

func TestWatch(t *testing.T) {
	w := startWatching(t, map[string]string{
		"main.nix": `import ./service.nix // { text = builtins.readFile ./text; names = builtins.attrNames (builtins.readDir ./.); }`,
		"text":     "one", "service.nix": `{ nginx = { port = 80; tls = true; }; list = [ 1 2 3 ]; }`,
	}, "--json", "main.nix")
	out, errs := w.printed()
	assert.Equal(t, `{"list":[1,2,3],"names":["main.nix","service.nix","text"],"nginx":{"port":80,"tls":true},"text":"one"}`+"\n", out)
	assert.Empty(t, errs)

	out, errs = w.step()
	assert.Empty(t, out+errs, "nothing changed")

	w.write("service.nix", `{ nginx = { port = 8080; name = "x"; }; list = [ 1 5 2 3 ]; }`)
	out, errs = w.step()
	assert.Equal(t, `# service.nix changed
+ list.1: 5
+ nginx.name: "x"
~ nginx.port: 80 -> 8080
- nginx.tls: true
`, out)
	assert.Empty(t, errs)

	w.write("text", "two")
	out, _ = w.step()
	assert.Equal(t, "# text changed\n~ text: \"one\" -> \"two\"\n", out)

	w.write("new", "")
	out, _ = w.step()
	assert.Equal(t, "# . changed\n+ names.1: \"new\"\n", out)

	// After an error it goes on, and compares with what there was before.
	w.write("service.nix", `{ nginx = }`)
	out, errs = w.step()
	assert.Equal(t, "# service.nix changed\n", out)
	assert.Contains(t, errs, "syntax error")
	w.write("service.nix", `{ nginx = { port = 8080; name = "y"; }; list = [ 1 5 2 3 ]; }`)
	out, errs = w.step()
	assert.Equal(t, "# service.nix changed\n~ nginx.name: \"x\" -> \"y\"\n", out)
	assert.Empty(t, errs)

	w.write("service.nix", `{ nginx = { port = 8080; name = "y"; }; list = [ 1 5 2 3 ]; } # a comment`)
	out, _ = w.step()
	assert.Equal(t, "# service.nix changed\nThe value is the same.\n", out)
	require.NoError(t, os.Remove(filepath.Join(w.dir, "text")))
	out, errs = w.step()
	assert.Equal(t, "# ., text changed\n", out)
	assert.Contains(t, errs, "text")
}

// A value that fails at first is printed when it does not any more; with --keep-going
// errors are values.
func TestWatchErrors(t *testing.T) {
	w := startWatching(t, map[string]string{"main.nix": `{ a = throw "no"; }`}, "main.nix")
	out, errs := w.printed()
	assert.Empty(t, out)
	assert.Contains(t, errs, "no")
	w.write("main.nix", `{ a = 1; f = x: x; }`)
	out, errs = w.step()
	assert.Equal(t, "# main.nix changed\n{ a = 1; f = «lambda f @ "+setup.Absolute(w.dir)+"/main.nix:1:14»; }\n", out)
	assert.Empty(t, errs)

	k := startWatching(t, map[string]string{"main.nix": `{ a = throw "no"; b = 1; }`}, "-k", "main.nix")
	out, errs = k.printed()
	assert.Equal(t, "{ a = «error: no»; b = 1; }\n", out)
	assert.Equal(t, 1, strings.Count(errs, "Error 1 of 1, at .a:"))
	k.write("main.nix", `{ a = 2; b = throw "well"; }`)
	out, _ = k.step()
	assert.Equal(t, "# main.nix changed\n~ a: «error: no» -> 2\n~ b: 1 -> «error: well»\n", out)
}

func TestWatchNothing(t *testing.T) {
	var out, errs bytes.Buffer
	status := run([]string{"eval", "--watch", "-E", "1 + 1"}, &streams{
		in: strings.NewReader(""), out: &out, err: &errs, host: world.OS(), dir: "/", home: "/",
		wait: func(context.Context) bool { return false }, // it would wait for ever
	})
	assert.Equal(t, 1, status)
	assert.Equal(t, "2\n", out.String())
	assert.Equal(t, "error: nothing to watch: the value depends on no file\n", errs.String())
}

// With --write-to, the file is written again whenever the value could be evaluated.
func TestWatchWriteTo(t *testing.T) {
	target := filepath.Join(t.TempDir(), "out")
	w := startWatching(t, map[string]string{"a.nix": `"one"`}, "--write-to", target, "a.nix")
	read := func() string {
		text, err := os.ReadFile(target)
		require.NoError(t, err)
		return string(text)
	}
	assert.Equal(t, "one", read())
	w.printed()
	w.write("a.nix", `"two" + ""`)
	out, errs := w.step()
	assert.Contains(t, out, `"two"`)
	assert.Empty(t, errs)
	assert.Equal(t, "two", read())
	w.write("a.nix", `throw "no more of it"`)
	_, errs = w.step()
	assert.Contains(t, errs, "no more of it")
	assert.Equal(t, "two", read())
}

func TestByteSize(t *testing.T) {
	for text, want := range map[string]byteSize{"1000": 1000, "1k": 1 << 10, "500M": 500 << 20, "2G": 2 << 30, "2GiB": 2 << 30, "3kb": 3 << 10, "7B": 7} {
		var b byteSize
		require.NoError(t, b.UnmarshalText([]byte(text)), text)
		assert.Equal(t, want, b, text)
	}
	for _, text := range []string{"", "0", "x", "-1", "1.5G", "G", "B", "99999999999T", "99999999999999999999"} {
		var b byteSize
		assert.Error(t, b.UnmarshalText([]byte(text)), text)
	}
}

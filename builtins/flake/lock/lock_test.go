package lock_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/flake/lock"
)

// parse reads a lock file that is not called anything in particular.
func parse(text string) (*lock.Graph, error) {
	return (&lock.Reader{Parser: &flakeref.Parser{}}).Parse("F", text)
}

func readAll(t testing.TB) string {
	data, err := os.ReadFile("testdata/all.lock")
	require.NoError(t, err)
	return string(data)
}

// TestRoundTrip is for a file with everything that a lock file can have.
func TestRoundTrip(t *testing.T) {
	text := readAll(t)
	g, err := parse(text)
	require.NoError(t, err)
	got, err := g.Text()
	require.NoError(t, err)
	assert.Equal(t, text, got)
	assert.NoError(t, g.Check())

	empty, err := lock.New().JSON(false)
	require.NoError(t, err)
	assert.Equal(t, `{"nodes":{"root":{}},"root":"root","version":7}`, string(empty))
}

// TestFind is for paths that lead over edges that follow.
func TestFind(t *testing.T) {
	g, err := parse(readAll(t))
	require.NoError(t, err)
	c, err := g.Find(lock.Path{"b", "c"})
	require.NoError(t, err)
	for _, path := range []string{"alias", "same", "/b/up//b/up/alias/"} {
		p, err := lock.ParsePath(path)
		require.NoError(t, err)
		n, err := g.Find(p)
		require.NoError(t, err)
		assert.Same(t, c, n, path)
	}
	n, err := g.Find(lock.Path{"b", "nope"})
	require.NoError(t, err)
	assert.Nil(t, n)
	_, err = lock.ParsePath("a/b c")
	assert.EqualError(t, err, "invalid flake input attribute path element 'b c'")

	g, err = parse(`{"nodes":{"root":{"inputs":{"a":["b","x"],"b":["a"]}}},"root":"root","version":7}`)
	require.NoError(t, err)
	_, err = g.Find(lock.Path{"b"})
	assert.EqualError(t, err, "follow cycle detected: [a -> b/x -> a]")
	assert.EqualError(t, g.Check(), "follow cycle detected: [b/x -> a -> b/x]")

	g, err = parse(`{"nodes":{"root":{"inputs":{"z":["nowhere"]}}},"root":"root","version":7}`)
	require.NoError(t, err)
	assert.EqualError(t, g.Check(), "input 'z' follows a non-existent input 'nowhere'")
}

// TestOldVersions is for what version 5 had elsewhere.
func TestOldVersions(t *testing.T) {
	g, err := parse(`{"nodes":{"n":{"info":{"lastModified":7,"narHash":"sha256-lF6pyODE+8lNo3/iXbg+AEwcyjgBzMaLlxXWNUy8F78="},
		"locked":{"type":"path","path":"/p"},"original":{"type":"path","path":"/p"}},
		"root":{"inputs":{"n":"n"}},"unused":{}},"root":"root","version":5}`)
	require.NoError(t, err)
	text, err := g.JSON(false)
	require.NoError(t, err)
	assert.Equal(t, `{"nodes":{"n":{"locked":{"lastModified":7,"narHash":"sha256-lF6pyODE+8lNo3/iXbg+AEwcyjgBzMaLlxXWNUy8F78=","path":"/p","type":"path"},`+
		`"original":{"path":"/p","type":"path"}},"root":{"inputs":{"n":"n"}}},"root":"root","version":7}`, string(text))
}

func TestErrors(t *testing.T) {
	node := func(s string) string {
		return `{"nodes":{"n":` + s + `,"root":{"inputs":{"n":"n"}}},"root":"root","version":7}`
	}
	const path = `{"type":"path","path":"/p"}`
	const good = `"original":` + path + `,"locked":{"type":"path","path":"/p","narHash":"sha256-lF6pyODE+8lNo3/iXbg+AEwcyjgBzMaLlxXWNUy8F78="}`
	deep := `{"nodes":{"root":{"inputs":{"n":"0"}}`
	for i := range 1500 {
		deep += fmt.Sprintf(`,"%d":{"inputs":{"i":"%d"},%s}`, i, i+1, good)
	}
	deep += `},"root":"root","version":7}`
	for _, c := range []struct{ text, want string }{
		{`{bad`, "Could not parse 'F': [json.exception.parse_error.101] parse error at line 1, column 2: syntax error while parsing object key - invalid literal; last read: '{b'; expected string literal"},
		{`[]`, "lock file 'F': it is no object"},
		{`{}`, "lock file 'F' has unsupported version 0"},
		{`{"version":"7"}`, "lock file 'F': 'version' is no integer"},
		{`{"version":8}`, "lock file 'F' has unsupported version 8"},
		{`{"version":7}`, "lock file 'F': 'nodes' is no object"},
		{`{"version":7,"nodes":{}}`, "lock file 'F': 'root' is no string"},
		{`{"version":7,"nodes":{},"root":"r"}`, "lock file 'F': node 'r' is missing"},
		{`{"version":7,"nodes":{"r":{"inputs":{"a":"r"}}},"root":"r"}`, "lock file contains cycle to root node"},
		{`{"version":7,"nodes":{"r":{"inputs":{"a":"b"}}},"root":"r"}`, "lock file references missing node 'b'"},
		{`{"version":7,"nodes":{"r":{"inputs":{"a":[1]}}},"root":"r"}`, "lock file 'F': input 'a' of node 'r' follows what is no list of strings"},
		{`{"version":7,"nodes":{"r":{"inputs":{"a":1}}},"root":"r"}`, "lock file 'F': input 'a' of node 'r' is neither a string nor a list"},
		{`{"version":7,"nodes":{"r":{"inputs":[]}},"root":"r"}`, "lock file 'F': 'inputs' of node 'r' is no object"},
		{node(`1`), "lock file 'F': node 'n' is no object"},
		{node(`{}`), "attribute 'locked' missing in lock file"},
		{node(`{"locked":` + path + `}`), "attribute 'original' missing in lock file"},
		{node(`{"locked":` + path + `,"original":` + path + `}`), `Lock file contains unlocked input '{"path":"/p","type":"path"}'. Use '--allow-dirty-locks' to accept this lock file.`},
		{node(`{` + good + `,"flake":0}`), "lock file 'F': 'flake' of node 'n' is no Boolean"},
		{node(`{` + good + `,"parent":null}`), "lock file 'F': 'parent' of node 'n' is no list of strings"},
		{node(`{"locked":{"type":"path","path":null},"original":` + path + `}`), "lock file 'F': 'path' in 'locked' of node 'n' is no string, integer or Boolean"},
		{node(`{"locked":{"type":"path","x":""},"original":` + path + `}`), "lock file 'F': 'locked' of node 'n': input attribute 'x' not supported by scheme 'path'"},
		{node(`{` + good + `,"inputs":{"m":"n"}}`), "lock file 'F': node 'n' leads to itself"},
		{deep, "lock file 'F': node '1000' lies behind more than 1000 others"},
	} {
		_, err := parse(c.text)
		assert.EqualError(t, err, c.want, "%.200s", c.text)
	}
}

// TestReport is for all kinds of changes.
func TestReport(t *testing.T) {
	before, err := parse(readAll(t))
	require.NoError(t, err)
	after, err := parse(strings.NewReplacer(`"d": "d_3",`, `"e": "d_3",`, `1704164645`, `1700000000`, `"same": "c"`, `"same": [ "b", "d" ]`).Replace(readAll(t)))
	require.NoError(t, err)
	assert.Equal(t, "", lock.Report(before, before, &flakeref.Parser{}, lock.Style{}))
	assert.Equal(t, strings.TrimSpace(`
• Updated input 'b':
    'git+https://example.org/%C3%A9?ref=refs/heads/main&rev=7c3df468258a93b4b02772590563f65cace27f0f&submodules=1' (2024-01-02)
  → 'git+https://example.org/%C3%A9?ref=refs/heads/main&rev=7c3df468258a93b4b02772590563f65cace27f0f&submodules=1' (2023-11-14)
• Updated input 'b/c':
    'github:o/c/bff93b83461e94088e5a8df6bcfdc47631358c8d?narHash=sha256-lF6pyODE%2B8lNo3/iXbg%2BAEwcyjgBzMaLlxXWNUy8F78%3D' (2024-01-02)
  → 'github:o/c/bff93b83461e94088e5a8df6bcfdc47631358c8d?narHash=sha256-lF6pyODE%2B8lNo3/iXbg%2BAEwcyjgBzMaLlxXWNUy8F78%3D' (2023-11-14)
• Removed input 'd'
• Added input 'e':
    'path:../x'
• Updated input 'same':
    'github:o/c/bff93b83461e94088e5a8df6bcfdc47631358c8d?narHash=sha256-lF6pyODE%2B8lNo3/iXbg%2BAEwcyjgBzMaLlxXWNUy8F78%3D' (2024-01-02)
  → follows 'b/d'
`), lock.Report(before, after, &flakeref.Parser{}, lock.Style{}))
}

// FuzzParse checks that what was read and written reads the same again.
func FuzzParse(f *testing.F) {
	f.Add(readAll(f))
	f.Add(`{"nodes":{"root":{"inputs":{"a":["b","x"],"b":["a"]}}},"root":"root","version":7}`)
	f.Add(`{"nodes":{"n":{"info":{"lastModified":7},"locked":{"type":"path","path":"x"},"original":{"type":"nope","x":1.5}},"root":{"inputs":{"n":"n"}}},"root":"root","version":5}`)
	f.Fuzz(func(t *testing.T, text string) {
		g, err := parse(text)
		if err != nil {
			return
		}
		_ = g.Check()
		once, err := g.Text()
		if err != nil {
			return
		}
		again, err := parse(once)
		require.NoError(t, err, once)
		twice, err := again.Text()
		require.NoError(t, err)
		require.Equal(t, once, twice)
		require.Empty(t, lock.Changes(g, again))
	})
}

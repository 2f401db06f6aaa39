package manual

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err, "go test ./eval/manual -update")
	assert.Equal(t, strings.ReplaceAll(string(want), "\r\n", "\n"), got)
}

func TestEntries(t *testing.T) {
	seen := map[string]bool{}
	for _, e := range Entries() {
		assert.False(t, seen[e.Name], e.Name)
		seen[e.Name] = true
		assert.NotEmpty(t, e.Examples, e.Name)
		assert.Regexp(t, `[.?!]$`, e.Summary, e.Name)
		assert.NotContains(t, e.Summary, "\n", e.Name)
	}
	assert.Len(t, seen, 120, "what the reference 2.34 has with all experimental features")
}

func TestFind(t *testing.T) {
	for _, name := range []string{"map", "builtins.map", "foldl'", "__add", "builtins", "true"} {
		_, ok := Find(name)
		assert.True(t, ok, name)
	}
	for _, name := range []string{"", "builtins.", "__map", "lib.map", "Map"} {
		_, ok := Find(name)
		assert.False(t, ok, name)
	}
}

func TestNear(t *testing.T) {
	assert.Equal(t, []string{"foldl'"}, Near("builtins.folld"))
	assert.Contains(t, Near("json"), "fromJSON", "a part of a name")
	assert.Empty(t, Near("nothing like it"))
}

func TestText(t *testing.T) {
	var b strings.Builder
	for _, name := range []string{"foldl'", "currentSystem", "fetchTree", "derivation"} {
		e, ok := Find(name)
		require.True(t, ok, name)
		b.WriteString(e.Text(60, Style{}))
		e.Text(1, Style{}) // however narrow
	}
	golden(t, "text.txt", b.String())
	e, _ := Find("map")
	loud := func(s string) string { return "<" + s + ">" }
	text := e.Text(80, Style{Bold: loud, Code: loud, Dim: loud})
	assert.Contains(t, text, "<builtins.map f list>\n")
	assert.Contains(t, text, "\n        <=> [ 2 3 4 ]>\n")
}

func TestHTML(t *testing.T) {
	var b strings.Builder
	require.NoError(t, WriteHTML(&b, Entries()))
	text := b.String()
	ids := map[string]bool{}
	for _, m := range regexp.MustCompile(`id="([^"]*)"`).FindAllStringSubmatch(text, -1) {
		ids[m[1]] = true
	}
	assert.Len(t, ids, len(Entries()))
	links := regexp.MustCompile(`href="#([^"]*)"`).FindAllStringSubmatch(text, -1)
	assert.Greater(t, len(links), len(ids), "texts have links, too")
	for _, m := range links {
		assert.True(t, ids[strings.NewReplacer("%27", "&#39;").Replace(m[1])] || ids[m[1]], m[1])
	}
	e, _ := Find("abort")
	b.Reset()
	require.NoError(t, WriteHTML(&b, []Entry{e}))
	golden(t, "abort.html", b.String())
}

func TestJSON(t *testing.T) {
	text, err := json.Marshal(Entries())
	require.NoError(t, err)
	var back []Entry
	require.NoError(t, json.Unmarshal(text, &back))
	assert.Equal(t, Entries(), back)
}

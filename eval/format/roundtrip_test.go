package format_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"os/exec"
	"sort"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/format"
	"github.com/firn-lang/firn/eval/heap"
)

// A source of random numbers is what random values are made of: those of a fuzzer are
// its bytes.
type source interface{ IntN(n int) int }

type bytesSource struct{ data []byte }

func (b *bytesSource) IntN(n int) int {
	if len(b.data) < 2 {
		return 0
	}
	x := binary.LittleEndian.Uint16(b.data)
	b.data = b.data[2:]
	return int(x) % n
}

// words are strings, and parts of strings, that a writer may get wrong.
var words = []string{
	"", "a", "b", "key", "true", "False", "yes", "No", "on", "OFF", "y", "N", "null", "Null", "~", "nan", ".nan", ".inf", "-.INF",
	"0", "1", "-1", "+1", "007", "0o17", "0x1F", "1_000", "1.5", "1.", ".5", "1e3", "1E+3", "1:20", "190:20:30.15",
	"2001-01-01", "2001-12-14t21:59:43.10-05:00", "<<", "=", "-", "--", "---", "...", "- a", "-a", "? a", "?a", ": a", ":a", "a:", "a: b", "a:b",
	"#", "#a", "a#", "a #b", "&a", "*a", "!a", "!!str a", "%a", "@a", "`a", "|", "|-", ">", ">+", "[", "[]", "{", "{}", "]", ",", "'", "\"", "''", "\"\"",
	"'''", "\"\"\"", "\\", "\\n", "$", "${x}", "$$", " ", "  ", "\n", "\n\n", "\t", "\r", "\r\n", "\x00", "\x01", "\x1b", "\x7f", "\u0085", "\u00a0", "\u2028", "\u2029", "\ufeff",
	"é", "日本", "😀", "\ufffd", "a b", " a", "a ", "line one\nline two", "end\n", "end\n\n", "\nstart", "  indented\n", "tab\n\ttab\n", "/nix/store/x", "http://a.b/c?d=e&f#g", "a.b", "a-b", "a_b",
	strings.Repeat("long ", 40), strings.Repeat("k", 1100), "NULL", "Infinity",
}

func randomText(r source) string {
	var b strings.Builder
	for range 1 + r.IntN(3)*r.IntN(2) {
		b.WriteString(words[r.IntN(len(words))])
	}
	return b.String()
}

// randomValue returns a value as encoding/json has it, but with int64. Nulls are there
// only if null says so.
func randomValue(r source, depth int, null bool) any {
	kinds := 9
	if depth <= 0 {
		kinds = 7
	}
	switch r.IntN(kinds) {
	case 0:
		return int64(r.IntN(2000)) - 1000
	case 1:
		return int64(r.IntN(1<<15))<<48 + int64(r.IntN(1000))
	case 2:
		floats := []float64{0, 1, -1, 0.5, 1e15, 1e16, 1e30, -1e-7, 123456.789, math.MaxFloat64, math.SmallestNonzeroFloat64, 1.0 / 3}
		return floats[r.IntN(len(floats))]
	case 3:
		return r.IntN(2) == 0
	case 4:
		if null {
			return nil
		}
		return "null"
	case 7:
		list := []any{}
		for range r.IntN(5) {
			list = append(list, randomValue(r, depth-1, null))
		}
		return list
	case 8:
		return randomSet(r, depth-1, null)
	}
	return randomText(r)
}

func randomSet(r source, depth int, null bool) map[string]any {
	set := map[string]any{}
	for range r.IntN(5) {
		set[strings.ReplaceAll(randomText(r), "\x00", "0")] = randomValue(r, depth, null)
	}
	return set
}

// makeValue makes a value of Nix.
func makeValue(c *core.Call, x any) heap.Value {
	h := c.Heap()
	switch x := x.(type) {
	case nil:
		return heap.NullValue
	case bool:
		return heap.NewBool(x)
	case int64:
		return h.NewInt(x)
	case float64:
		return h.NewFloat(x)
	case string:
		return h.NewString(x, 0)
	case []any:
		v := h.NewList(len(x))
		for i, elem := range x {
			l := makeValue(c, elem)
			h.Elems(v)[i] = heap.Lazy(l)
		}
		return v
	}
	set := x.(map[string]any)
	var names []string
	for name := range set {
		names = append(names, name)
	}
	sort.Strings(names)
	var entries []heap.Entry
	for _, name := range names {
		entries = append(entries, heap.Entry{Name: c.Intern(name), Value: heap.Lazy(makeValue(c, set[name]))})
	}
	return h.AttrsOf(entries)
}

func writeValue(t testing.TB, ev *core.Evaluator, x any, opt format.Options) (string, error) {
	t.Helper()
	opt.Delay = -1
	var out bytes.Buffer
	err := ev.Run(context.Background(), func(c *core.Call) error {
		return format.Write(c.Source(), &out, heap.Lazy(makeValue(c, x)), opt)
	})
	return out.String(), err
}

// plain returns what a library decoded with the types that randomValue has.
func plain(x any) any {
	switch x := x.(type) {
	case int:
		return int64(x)
	case []any:
		out := make([]any, len(x))
		for i := range x {
			out[i] = plain(x[i])
		}
		return out
	case []map[string]any:
		out := make([]any, len(x))
		for i := range x {
			out[i] = plain(x[i])
		}
		return out
	case map[string]any:
		out := map[string]any{}
		for k, v := range x {
			out[k] = plain(v)
		}
		return out
	case json.Number:
		if n, err := x.Int64(); err == nil {
			return n
		}
		f, _ := x.Float64()
		return f
	}
	return x
}

func checkYAML(t testing.TB, ev *core.Evaluator, x any) {
	text, err := writeValue(t, ev, x, format.Options{Form: format.YAML})
	require.NoError(t, err)
	var back any
	require.NoError(t, yaml.Unmarshal([]byte(text), &back), "%s", text)
	require.Equal(t, x, plain(back), "%s", text)
}

func checkTOML(t testing.TB, ev *core.Evaluator, x map[string]any) {
	text, err := writeValue(t, ev, x, format.Options{Form: format.TOML})
	require.NoError(t, err)
	back := map[string]any{}
	require.NoError(t, toml.Unmarshal([]byte(text), &back), "%s", text)
	require.Equal(t, any(x), plain(back), "%s", text)
}

func checkJSON(t testing.TB, ev *core.Evaluator, x any, pretty bool) {
	text, err := writeValue(t, ev, x, format.Options{Form: format.JSON, Pretty: pretty})
	require.NoError(t, err)
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var back any
	require.NoError(t, d.Decode(&back), "%s", text)
	require.Equal(t, x, plain(back), "%s", text)
}

const rounds = 3000

func TestRandomYAML(t *testing.T) {
	ev, r := newEvaluator(t), rand.New(rand.NewPCG(1, 2))
	for range rounds {
		checkYAML(t, ev, randomValue(r, 4, true))
	}
}

func TestRandomTOML(t *testing.T) {
	ev, r := newEvaluator(t), rand.New(rand.NewPCG(3, 4))
	for range rounds {
		checkTOML(t, ev, randomSet(r, 4, false))
	}
}

func TestRandomJSON(t *testing.T) {
	ev, r := newEvaluator(t), rand.New(rand.NewPCG(5, 6))
	for i := range rounds {
		checkJSON(t, ev, randomValue(r, 4, true), i%2 == 0)
	}
}

// Every word alone, as a value and as a key.
func TestWords(t *testing.T) {
	ev := newEvaluator(t)
	for _, word := range words {
		checkYAML(t, ev, word)
		checkYAML(t, ev, []any{word, []any{word}})
		checkTOML(t, ev, map[string]any{"a": word, "b": []any{word}})
		if !strings.Contains(word, "\x00") {
			checkYAML(t, ev, map[string]any{word: word})
			checkTOML(t, ev, map[string]any{word: map[string]any{word: word}})
		}
	}
}

// Very deep values are in brackets, since indentation would be most of the text.
func TestDeepYAML(t *testing.T) {
	ev := newEvaluator(t)
	var x any = "end"
	for range 500 {
		x = map[string]any{"a": x, strings.Repeat("k", 1100): int64(1)}
	}
	checkYAML(t, ev, x)
}

// shellValues returns what a POSIX shell reads.
func shellValues(t testing.TB, text string, names []string) []string {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no shell")
	}
	script := text
	for _, name := range names {
		script += "printf '%s\\0' \"$" + name + "\"\n"
	}
	cmd := exec.Command(sh)
	cmd.Stdin = strings.NewReader(script)
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		t.Fatalf("%s\n%s", exit.Stderr, text)
	}
	require.NoError(t, err)
	return strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
}

func TestShellReadsEnv(t *testing.T) {
	ev, r := newEvaluator(t), rand.New(rand.NewPCG(7, 8))
	set := map[string]any{}
	var names, want []string
	for i := range 300 {
		name := "V" + string(rune('A'+i%26)) + strings.Repeat("_", i/26)
		value := strings.ReplaceAll(randomText(r), "\x00", "")
		set[name] = value
		names, want = append(names, name), append(want, value)
	}
	text, err := writeValue(t, ev, set, format.Options{Form: format.Env})
	require.NoError(t, err)
	require.Equal(t, want, shellValues(t, text, names))
}

func FuzzYAML(f *testing.F) {
	f.Add([]byte("a"), "text")
	ev := newEvaluator(f)
	f.Fuzz(func(t *testing.T, data []byte, text string) {
		x := randomValue(&bytesSource{data}, 5, true)
		if utf8.ValidString(text) {
			x = []any{x, text, map[string]any{strings.ReplaceAll(text, "\x00", ""): text}}
		}
		checkYAML(t, ev, x)
	})
}

func FuzzTOML(f *testing.F) {
	f.Add([]byte("a"), "text")
	ev := newEvaluator(f)
	f.Fuzz(func(t *testing.T, data []byte, text string) {
		x := randomSet(&bytesSource{data}, 5, false)
		if utf8.ValidString(text) {
			x[strings.ReplaceAll(text, "\x00", "")] = []any{text}
			x["text"] = text
		}
		checkTOML(t, ev, x)
	})
}

// FuzzEnv checks the words of a shell with a reader of our own: starting a shell for
// each would take long.
func FuzzEnv(f *testing.F) {
	for _, w := range words {
		f.Add(w)
	}
	ev := newEvaluator(f)
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Contains(text, "\x00") {
			return
		}
		out, err := writeValue(t, ev, map[string]any{"X": text}, format.Options{Form: format.Env})
		require.NoError(t, err)
		require.Equal(t, text, readWord(t, strings.TrimSuffix(strings.TrimPrefix(out, "X="), "\n")))
	})
}

// readWord reads a word as a POSIX shell does.
func readWord(t *testing.T, s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\'':
			end := strings.IndexByte(s[i+1:], '\'')
			require.GreaterOrEqual(t, end, 0)
			b.WriteString(s[i+1 : i+1+end])
			i += end + 1
		case '"':
			for i++; s[i] != '"'; i++ {
				if s[i] == '\\' && strings.IndexByte("\"\\$`", s[i+1]) >= 0 {
					i++
				} else {
					require.NotContains(t, "$`", string(s[i]))
				}
				b.WriteByte(s[i])
			}
		default:
			require.NotContains(t, " \t\n$`\\\"'();&|<>*?[]#~!{}", string(s[i]))
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

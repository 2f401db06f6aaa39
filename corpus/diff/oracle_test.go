package diff

// This file tests the harness itself, with commands that stand in for both sides.

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/corpus/gen"
)

// TestMain lets the test binary act as one of the sides: given FAKE_SIDE, it
// "parses" the files on its command line. A program is one word: okay, fail,
// crash, hang; anything else is its own tree.
func TestMain(m *testing.M) {
	if side := os.Getenv("FAKE_SIDE"); side == "repl" {
		os.Exit(fakeRepl(os.Stdin))
	} else if side != "" {
		os.Exit(fakeSide(side, os.Args[1:]))
	}
	os.Exit(m.Run())
}

func fakeSide(side string, args []string) int {
	status := 0
	for _, file := range args {
		src, err := os.ReadFile(file)
		if err != nil {
			continue // a flag
		}
		switch strings.TrimSpace(string(src)) {
		case "crash":
			panic("crash")
		case "hang":
			time.Sleep(time.Minute)
		case "fail":
			if side == "reference" {
				fmt.Fprintf(os.Stderr, "warning: of no interest\nerror: no such\n       thing\n       at %s:1:2:\n\n            1| fail\n             |  ^\n", file)
				return 1
			}
			fmt.Fprintf(os.Stderr, "%s:1:1: other\n%s:1:2: no such thing\n", file, file)
			status = 1
		default:
			os.Stdout.Write(src)
		}
	}
	return status
}

// fakePair returns two fake sides and the files with the given programs.
func fakePair(t *testing.T, programs ...string) (Pair, []Case) {
	t.Helper()
	dir := t.TempDir()
	marker, err := NewMarker(dir)
	require.NoError(t, err)
	self, err := os.Executable()
	require.NoError(t, err)
	p := Pair{Reference([]string{self}, marker), Firn([]string{self}, marker)}
	for _, s := range []*Side{p.Reference, p.Firn} {
		s.Env = append(s.Env, "FAKE_SIDE="+s.Name)
	}
	cases := make([]Case, len(programs))
	for i, src := range programs {
		cases[i].File = filepath.Join(dir, fmt.Sprintf("p%d.nix", i))
		require.NoError(t, os.WriteFile(cases[i].File, []byte(src+"\n"), 0o644))
	}
	return p, cases
}

func TestJudge(t *testing.T) {
	pair, cases := fakePair(t, "a", "fail", "b\nc", "fail", "fail", "d")
	pair.Judge(t.Context(), cases)
	var got []Verdict
	for _, c := range cases {
		got = append(got, c.Verdict)
	}
	assert.Equal(t, []Verdict{Same, OtherMessage, Same, OtherMessage, OtherMessage, Same}, got)
	assert.Equal(t, "b\nc", cases[2].Firn.Tree)
	assert.Equal(t, []Message{{"1:2", "no such thing"}}, cases[1].Reference.Messages)
	// Each of the three differences takes one more on both sides.
	assert.Equal(t, 4+3, pair.Reference.processes, "one after each failure")
	assert.Equal(t, 1+3, pair.Firn.processes)
}

func TestJudgeCrash(t *testing.T) {
	pair, cases := fakePair(t, "a", "b", "crash", "c", "fail", "d")
	pair.Judge(t.Context(), cases)
	for i, want := range []Verdict{Same, Same, FirnBroken, Same, OtherMessage, Same} {
		assert.Equal(t, want, cases[i].Verdict, "%d: %v", i, cases[i])
	}
	assert.Contains(t, cases[2].Reference.Broken, "panic: crash")
}

func TestJudgeHang(t *testing.T) {
	pair, cases := fakePair(t, "hang")
	pair.Reference.Timeout, pair.Firn.Timeout = time.Second, time.Second
	pair.Judge(t.Context(), cases)
	assert.Contains(t, cases[0].Reference.Broken, "deadline exceeded after 1s")
	assert.Contains(t, cases[0].Firn.Broken, "deadline exceeded after 1s")
}

func TestCompare(t *testing.T) {
	fail := func(ms ...Message) Result { return Result{Messages: ms} }
	a, b, c := Message{"1:1", "a"}, Message{"1:1", "b"}, Message{"2:1", "a"}
	for _, tt := range []struct {
		reference, firn Result
		want            Verdict
	}{
		{Result{Tree: "x"}, Result{Tree: "x"}, Same},
		{Result{Tree: "x"}, Result{Tree: "y"}, TreeDiffers},
		{Result{Tree: "x"}, fail(a), OnlyFirnFails},
		{fail(a), Result{Tree: "x"}, OnlyFirnAccepts},
		{fail(a), fail(a, b), FirstMessage},
		{fail(a), fail(b, a), OtherMessage},
		{fail(a), fail(c, b), PositionOnly},
		{fail(a), fail(c), MessageDiffers},
		{Result{Tree: "x"}, fail(Message{"1:1", "NUL byte in source text"}), Intended},
		{Result{Broken: "!"}, fail(c), NoReference},
		{fail(Message{"", "boost::bad_format_string: format-string is ill-formed"}), fail(c), NoReference},
		{Result{Broken: "!"}, Result{Broken: "!"}, FirnBroken},
	} {
		assert.Equal(t, tt.want, Compare(tt.reference, tt.firn), "%v, %v", tt.reference, tt.firn)
	}
}

func TestSplitTrees(t *testing.T) {
	m := markerText + "\n"
	for _, tt := range []struct {
		stdout string
		want   []string
	}{
		{"", nil},
		{"a\n" + m + "b\n" + m, []string{"a", "b"}},
		{"a\n" + m + "b", []string{"a"}},
		{m + m + "a\nb\n" + m, []string{"", "", "a\nb"}},
	} {
		assert.Equal(t, tt.want, splitTrees(tt.stdout), "%q", tt.stdout)
	}
}

func TestMessages(t *testing.T) {
	files := []string{"f.nix", "g.nix"}
	assert.Equal(t, map[string][]Message{"g.nix": {{"2:3", "undefined variable 'x'"}}},
		referenceMessages("error: undefined variable 'x'\n       at g.nix:2:3:\n            1| x\n", files))
	assert.Empty(t, referenceMessages("error: stack overflow\n", files))
	assert.Equal(t, map[string][]Message{"f.nix": {{"", "stack overflow"}}}, referenceMessages("error: stack overflow\n", files[:1]))
	assert.Equal(t, map[string][]Message{"f.nix": {{"1:1", "a b"}}, "g.nix": {{"1:2", "c: d"}}},
		firnMessages("f.nix:1:1: a\n  b\nwarning: w\nw\ng.nix:1:2: c: d\n", files))
}

func TestMinimise(t *testing.T) {
	asked := 0
	first := func(candidates []string) int {
		asked += len(candidates)
		return slices.IndexFunc(candidates, func(src string) bool {
			return strings.Contains(src, "b") && strings.Count(src, "(") == 1
		})
	}
	assert.Equal(t, "b(", Minimise("{ a = 1; abc = [ (x + 2) 3 ]; }", 5000, first))
	asked = 0
	Minimise(strings.Repeat("b ( ) ", 100), 10, first)
	assert.Equal(t, 10, asked)
}

func TestGroups(t *testing.T) {
	tokens := gen.Tokens(`f (a.b) "x${{}}"`)
	var got []string
	for _, g := range groups(tokens) {
		got = append(got, strings.Join(tokens[g.from:g.to], ""))
	}
	assert.Equal(t, []string{"(a.b)", "{}", "${{}}", `"x${{}}"`}, got)
}

func TestUnlike(t *testing.T) {
	x := strings.Repeat("x", 100)
	a, b := unlike(x+"1"+x, x+"23"+x)
	assert.Equal(t, x[:60]+"1"+x[:60], a)
	assert.Equal(t, x[:60]+"23"+x[:60], b)
	a, b = unlike("aaa", "aa")
	assert.Equal(t, "aaa", a)
	assert.Equal(t, "aa", b)
}

func TestCounts(t *testing.T) {
	var n Counts
	message := func(text string) Result { return Result{Messages: []Message{{"1:1", text}}} }
	differs := Case{Reference: message("undefined variable 'x'"), Firn: message("?"), Verdict: PositionOnly}
	assert.True(t, n.Add(differs))
	assert.True(t, n.Add(differs))
	differs.Reference = message("undefined variable 'y'")
	assert.False(t, n.Add(differs), "the same kind for the third time")
	assert.False(t, n.Add(Case{Verdict: Same}))
	assert.True(t, n.Add(Case{Verdict: TreeDiffers}))
	assert.Equal(t, 1, n.Wrong())
	assert.Contains(t, n.String(), "5 programs, of which the reference accepts 40.00 %")
	assert.Contains(t, n.String(), "3  same position only: undefined variable …")
}

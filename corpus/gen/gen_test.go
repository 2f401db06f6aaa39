package gen

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func seeded(seed int) *rand.Rand { return rand.New(rand.NewPCG(uint64(seed), 0)) }

func TestDeterministic(t *testing.T) {
	distinct := map[string]bool{}
	for seed := range 200 {
		opt := Options{Pipes: seed%2 == 0, Closed: seed%3 == 0}
		src := Program(seeded(seed), opt)
		require.Equal(t, src, Program(seeded(seed), opt), "seed %d", seed)
		require.Equal(t, Mutate(seeded(seed), src), Mutate(seeded(seed), src), "seed %d", seed)
		distinct[src] = true
	}
	assert.Greater(t, len(distinct), 150)
}

func TestSize(t *testing.T) {
	for _, maxLen := range []int{5, 50, 500, 5000} {
		largest := 0
		for seed := range 500 {
			largest = max(largest, len(Program(seeded(seed), Options{MaxLen: maxLen})))
		}
		assert.Greater(t, largest, maxLen/2, "MaxLen %d", maxLen)
		assert.Less(t, largest, 2*maxLen+1000, "MaxLen %d", maxLen)
	}
}

// TestEveryRule fails if something in the grammar cannot be reached.
func TestEveryRule(t *testing.T) {
	chosen := map[string]bool{}
	for seed := range 3000 {
		g := newGenerator(seeded(seed), Options{Pipes: true, Closed: true})
		g.program()
		for name := range g.chosen {
			chosen[name] = true
		}
	}
	want := []string{
		"application", "unary !", "unary -", "home path", "merge sets", "default", "ellipsis", "trailing comma", "no formals",
		"@ before", "@ after", "inherit", "inherit nothing", "inherit from", "inherit from nothing", "attribute path", "attribute or",
		"attribute ${}", "attribute ${\"\"}", "attribute with interpolation", "quoted attribute",
		"indented: first newline", "indented: blank line", "indented: tab", "indented: ${} at the start",
	}
	for _, rows := range [][]rule{exprRules, simpleRules, selectRules} {
		for _, row := range rows {
			want = append(want, row.name)
		}
	}
	for _, parts := range [][]part{quotedParts, indentedParts} {
		for _, part := range parts {
			want = append(want, part.name)
		}
	}
	for _, o := range binaryOperators {
		want = append(want, "operator "+o.text)
	}
	for _, name := range want {
		assert.True(t, chosen[name], "never written: %s", name)
	}
}

// TestEveryToken looks for the tokens in the text itself.
func TestEveryToken(t *testing.T) {
	var b strings.Builder
	for seed := range 3000 {
		b.WriteString(Program(seeded(seed), Options{Pipes: true}))
		b.WriteString("\n")
	}
	all := b.String()
	for _, pattern := range []string{
		`\bif\b`, `\bthen\b`, `\belse\b`, `\bassert\b`, `\bwith\b`, `\blet\b`, `\bin\b`, `\brec\b`, `\binherit\b`, `\bor\b`, `\blet\s*\{`,
		`\brec\s*\{`, `\binherit\s*\(`, `\binherit\s*"`, `\binherit\s*;`, `\.\.\.`, `,\s*\}`, `@\s*\{`, `\}\s*@`,
		`==`, `!=`, `<=`, `>=`, `&&`, `\|\|`, `->`, `//`, `\+\+`, `<\|`, `\|>`, `\[`, `\{`, `\(`, `\?`, `!`, `\*`, `-`, `<`, `>`,
		`"`, `''`, `\$\{`, `\$\$\{`, `''\$`, `'''`, `''\\`, `\\n`, `\\\$\{`, `''  *\n`, `''  *\r\n`,
		`#`, `/\*[^*]`, `/\*\* `, `/\*\*/`, `\r\n`, `\r[^\n]`, `\t`, `\n`, `é`, `🎉`,
		`9223372036854775807`, `\b007\b`, `\b1\.\s`, `[^0-9]\.5`, `\d\.\d+[eE][+-]?\d`, `__curPos`,
		`\./`, `\.\./`, `[^.~a-z]/[a-z]`, `~/`, `a/b`, `\./\$\{`, `~/\$\{`, `\}//`, `<a>`, `<[a-z.]+/[a-z]`, `http://`, `x:x`,
		`1\.5[a-z]`, `[a-z]->`, `--`, `!!`,
	} {
		assert.True(t, regexp.MustCompile(pattern).MatchString(all), "never written: %s", pattern)
	}
}

// TestTight checks that tokens are not merged where there is no space.
func TestTight(t *testing.T) {
	for _, tt := range []struct {
		tokens []string
		want   string
	}{
		{[]string{"x", ":", "y"}, "x: y"},
		{[]string{"x", ":", "(", "y", ")"}, "x:(y)"},
		{[]string{"a", ".", "b", "/", "c"}, "a.b/ c"},
		{[]string{"a", "-", "b"}, "a -b"},
		{[]string{"a", "->", "b"}, "a ->b"},
		{[]string{"1", "a"}, "1a"},
		{[]string{"1", ".", "a"}, "1 .a"},
		{[]string{"a", "<", "b", ">", "c"}, "a<b >c"},
		{[]string{"f", "./a", "b"}, "f ./a b"},
		{[]string{"[", "./a", "\"", "]"}, "[./a\"]"},
		{[]string{"a", "/", "/* */", "b"}, "a/ /* */b"},
		{[]string{"a", "''"}, "a ''"},
		{[]string{"x:x", ",", "y"}, "x:x ,y"},
		{[]string{"if", "a", "then", "1", "else", "2"}, "if a then 1else 2"},
	} {
		l := &layout{Rand: seeded(0)}
		for _, s := range tt.tokens {
			l.glue(s)
		}
		assert.Equal(t, tt.want, string(l.buf))
	}
}

func TestAdmit(t *testing.T) {
	operators := map[string]operator{"!": not, "negate": negate}
	for _, o := range binaryOperators {
		operators[o.text] = o
	}
	for _, tt := range []struct {
		open string
		next string
		want bool
	}{
		{"", "==", true},
		{"==", "==", false},
		{"==", "!=", false},
		{"== +", "==", false},
		{"== &&", "==", true},
		{"==", "<", true},
		{"== <", "==", false},
		{"< !", "<", false},
		{"* !", "+", true},
		{"->", "->", true},
		{"negate", "?", true},
	} {
		var open pending
		for _, name := range strings.Fields(tt.open) {
			open = append(open, operators[name])
		}
		assert.Equal(t, tt.want, open.admit(operators[tt.next]), "%s, then %s", tt.open, tt.next)
	}
}

func TestTokens(t *testing.T) {
	for _, tt := range []struct {
		src  string
		want string // tokens, with bars between them
	}{
		{`{a=./b/c;}`, `{|a|=|./b/c|;|}`},
		{`1.5e3++x:x # "`, `1.5e3|++|x:x| |# "`},
		{`"a b\"$${${"c"}d$"x`, `"|a b\"$${|${|"|c|"|}|d|$|"|x`},
		{"''a\n ''$ '''${{}}'x''y", "''|a|\n| |''$| |'''|${|{|}|}|'x|''|y"},
		{`./a/${b}/c`, `./a/${|b|}|/c`},
		{"}\xff\x00\"", "}|\xff|\x00|\""},
	} {
		assert.Equal(t, tt.want, strings.Join(Tokens(tt.src), "|"))
	}
	for seed := range 100 {
		src := Mutate(seeded(seed), Program(seeded(seed), Options{}))
		require.Equal(t, src, strings.Join(Tokens(src), ""))
	}
}

func TestMutate(t *testing.T) {
	changed := 0
	for seed := range 1000 {
		r := seeded(seed)
		src := Program(r, Options{})
		if Mutate(r, src) != src {
			changed++
		}
		require.NotPanics(t, func() { Mutate(r, "") })
	}
	assert.Greater(t, changed, 900)
}

// TestEveryMutation checks that each kind of damage changes something.
func TestEveryMutation(t *testing.T) {
	const src = `{ a, b }: [ (a + 1) "x" ]`
	for _, m := range tokenMutations {
		assert.True(t, anySeed(func(r *rand.Rand) bool { return strings.Join(m.apply(r, Tokens(src)), "") != src }), m.name)
	}
	for _, m := range byteMutations {
		assert.True(t, anySeed(func(r *rand.Rand) bool { return m.apply(r, src) != src }), m.name)
	}
}

func anySeed(f func(*rand.Rand) bool) bool {
	for seed := range 20 {
		if f(seeded(seed)) {
			return true
		}
	}
	return false
}

func BenchmarkProgram(b *testing.B) {
	n := 0
	for i := 0; b.Loop(); i++ {
		n += len(Program(seeded(i), Options{}))
	}
	b.ReportMetric(float64(n)/float64(b.N), "bytes/op")
}

package attributes

import (
	"strings"
	"testing"

	"github.com/firn-lang/firn/builtins/fetch/git/gittest"
	"github.com/stretchr/testify/require"
)

// The attributes of many paths are those that git finds.
func TestLikeGit(t *testing.T) {
	r := gittest.New(t)
	files := map[string]string{
		"": `# comment
*.txt text
docs export-ignore
/top export-ignore
a/**/z export-ignore
**/deep export-ignore
sub/** export-ignore=x
"a b" export-ignore
"q\"q" export-ignore
[a-c]x export-ignore
[!a-c]y export-ignore
[[:digit:]]d export-ignore
s\*r export-ignore
?? export-ignore
x* -export-ignore
xy* !export-ignore
!bad export-ignore
[attr]leave export-ignore -text
*.o leave
*.bin binary
dir/ export-ignore
`,
		"a": "c export-ignore\n/e export-ignore\nd/f export-ignore\n*.txt -text\n",
	}
	for dir, text := range files {
		r.Write(strings.TrimPrefix(dir+"/.gitattributes", "/"), text)
	}
	s := &Set{Folder: func(dir string) (*File, error) {
		if text, ok := files[dir]; ok {
			return Parse(text), nil
		}
		return nil, nil
	}}
	paths := []string{
		"f.txt", "docs", "docs/a", "x/docs", "top", "x/top", "a/z", "a/b/z", "a/b/c/z", "deep", "q/deep", "q/q/deep", "sub", "sub/x", "sub/x/y",
		"a b", `q"q`, "ax", "dx", "ay", "dy", "1d", "ad", "s*r", "sar", "ab", "x1", "xyz", "!bad", "f.o", "f.bin", "a/c", "a/b/c", "a/e", "a/b/e",
		"a/d/f", "a/g/d/f", "a/f.txt", "a/b/f.txt", "dir", "x/dir",
	}
	for _, name := range []string{"export-ignore", "text"} {
		out := r.GitIn(strings.Join(paths, "\x00")+"\x00", "check-attr", "-z", "--stdin", name)
		fields := strings.Split(out, "\x00")
		for i, p := range paths {
			got, err := s.Get(p, name, false)
			require.NoError(t, err)
			want := Value(fields[3*i+2])
			switch want {
			case "set":
				want = True
			case "unset":
				want = False
			case "unspecified":
				want = Unspecified
			}
			require.Equal(t, want, got, "%s of %s", name, p)
		}
	}
	got, err := s.Get("x/dir", "export-ignore", true)
	require.NoError(t, err)
	require.Equal(t, True, got, "a pattern for folders")
}

func TestMatch(t *testing.T) {
	for _, test := range []struct {
		pattern, name string
		want          bool
	}{
		{"", "", true}, {"*", "a/b", false}, {"**", "a/b", true}, {"a/**", "a", false}, {"a/**", "a/b/c", true}, {"**/a", "a", true},
		{"a/**/b", "a/b", true}, {"a**b", "a/b", false}, {"[", "[", false}, {"[]]", "]", true}, {"[a", "a", false}, {`\`, `\`, false}, {`\*`, "*", true},
		{"[^a]", "b", true}, {"[a-]", "-", true}, {"[[:upper:]x]", "x", true}, {"[[:nope:]]", "x", false}, {"?", "/", false}, {"[/]", "/", false},
		{strings.Repeat("*a", 30) + "b", strings.Repeat("a", 1000), false}, {strings.Repeat("*", 100), "x", false},
	} {
		require.Equal(t, test.want, Match(test.pattern, test.name), "%s %s", test.pattern, test.name)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("*.txt text -diff a=b\n\"a b\" !x\n[attr]m a\n[a-z]** m\n", "a/b.txt")
	f.Fuzz(func(t *testing.T, text, name string) {
		s := &Set{First: Parse(text), Folder: func(string) (*File, error) { return nil, nil }}
		if len(text)*len(name) < 1<<14 {
			_, _ = s.Get(name, "text", true)
		}
	})
}

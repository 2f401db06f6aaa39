package format

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval/ansi"
)

// colored returns text in colours, which are written as ‹k:name› and so on.
func colored(t *testing.T, form Form, text string, chunk int) string {
	var out bytes.Buffer
	w := newColorWriter(&out, form)
	for part := text; part != ""; {
		n := min(chunk, len(part))
		_, err := w.Write([]byte(part[:n]))
		require.NoError(t, err)
		part = part[n:]
	}
	require.NoError(t, w.end())
	return strings.NewReplacer(keyColor, "‹k:", ansi.Magenta, "‹s:", ansi.Cyan, "‹n:", ansi.Faint, "‹f:", ansi.Normal, "›").Replace(out.String())
}

func TestColors(t *testing.T) {
	for _, c := range []struct {
		form       Form
		text, want string
	}{
		{JSON, `{"a":[1,-2.5e3,{"b":"x\"]:"}],"c":null,"d":{}}`, `{‹k:"a"›:[‹n:1›,‹n:-2.5e3›,{‹k:"b"›:‹s:"x\"]:"›}],‹k:"c"›:‹n:null›,‹k:"d"›:{}}`},
		{JSON, "true", "‹n:true›"},
		{JSON, `["not whole`, `[‹s:"not whole›`},
		{YAML, "a: x\nb:\n  - 1\n  - - y: {}\n      z: [1, {\"a\": \"b\"}]\n", "‹k:a›: ‹s:x›\n‹k:b›:\n  - ‹n:1›\n  - - ‹k:y›: {}\n      ‹k:z›: [‹n:1›, {‹k:\"a\"›: ‹s:\"b\"›}]\n"},
		{YAML, "t: |-\n  a: 1\n\n   b\nu: \"a: b\"\n\"v: \": 1.5\n", "‹k:t›: |-\n‹s:  a: 1›\n‹s:›\n‹s:   b›\n‹k:u›: ‹s:\"a: b\"›\n‹k:\"v: \"›: ‹n:1.5›\n"},
		{YAML, "- |\n  a\n- a: |\n    b: c\n  d: e\n", "- |\n‹s:  a›\n- ‹k:a›: |\n‹s:    b: c›\n  ‹k:d›: ‹s:e›\n"},
		{YAML, "? \"long\"\n: null\n---\n# incomplete", "? ‹s:\"long\"›\n: ‹n:null›\n‹f:---›\n‹f:# incomplete›"},
		{YAML, "a: -.inf\nb: .nan\nc: truest\n", "‹k:a›: ‹n:-.inf›\n‹k:b›: ‹n:.nan›\n‹k:c›: ‹s:truest›\n"},
		{TOML, "a = 1\n\"b c\" = ''\nd.e_f = [\"x=\\\"\", true]\n\n[[l.\"m.n\"]]\nt = { u = -1.5, v = [] }\n", "‹k:a› = ‹n:1›\n‹k:\"b c\"› = ‹s:''›\n‹k:d.e_f› = [‹s:\"x=\\\"\"›, ‹n:true›]\n\n[[‹k:l.›‹k:\"m.n\"›]]\n‹k:t› = { ‹k:u› = ‹n:-1.5›, ‹k:v› = [] }\n"},
		{TOML, "s = '''\n[x]\ny = '1'''\nt = \"\"\"\na\\\"\"\"\nb\"\"\"\nu = 1\n", "‹k:s› = ‹s:'''\n[x]\ny = '1'''›\n‹k:t› = ‹s:\"\"\"\na\\\"\"\"\nb\"\"\"›\n‹k:u› = ‹n:1›\n"},
	} {
		for _, chunk := range []int{1, 7, len(c.text)} {
			require.Equal(t, c.want, colored(t, c.form, c.text, chunk), "%s in parts of %d", c.text, chunk)
		}
	}
}

// Colours change nothing else, also where a line is too long for them.
func TestColorsKeepText(t *testing.T) {
	texts := map[Form][]string{YAML: {"a: \"" + strings.Repeat("x", 3*partLen) + "\"\nb: 1\n"}}
	files, err := filepath.Glob("testdata/forms/*.txtar")
	require.NoError(t, err)
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		require.NoError(t, err)
		for _, f := range archive.Files {
			switch form, _, _ := strings.Cut(f.Name, "-"); Form(form) {
			case JSON, YAML, TOML:
				texts[Form(form)] = append(texts[Form(form)], string(f.Data))
			}
		}
	}
	require.Greater(t, len(texts[YAML]), 5)
	plain := strings.NewReplacer("‹k:", "", "‹s:", "", "‹n:", "", "‹f:", "", "›", "")
	for form, all := range texts {
		for _, text := range all {
			for _, chunk := range []int{3, 1000, len(text)} {
				require.Equal(t, plain.Replace(text), plain.Replace(colored(t, form, text, chunk)))
			}
		}
	}
}

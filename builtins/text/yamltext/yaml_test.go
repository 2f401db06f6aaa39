package yamltext_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/firn-lang/firn/builtins/text/yamltext"
)

func TestToJSON(t *testing.T) {
	for _, tt := range [][2]string{
		{"", "null"},
		{"# nothing", "null"},
		{"a: 1\nb: [x, 'y', \"z\\n\"]\nc: {d: ~, e: }", `{"a":1,"b":["x","y","z\n"],"c":{"d":null,"e":null}}`},
		// YAML 1.2, not 1.1: what looks like a word is one.
		{"[yes, no, on, off, y, n, True, false]", `["yes","no","on","off","y","n",true,false]`},
		{"[012, 0o12, 0x1F, +3, -4, 1_000, 0b1, 190:20]", `[12,10,31,3,-4,"1_000","0b1","190:20"]`},
		{"[1.0, 1e3, .5, -2.5E-3, 1., 1.2.3]", `[1.0,1000.0,0.5,-0.0025,1.0,"1.2.3"]`},
		{"[2001-12-14, 12:30:45, 2001-12-14t21:59:43.10-05:00]", `["2001-12-14","12:30:45","2001-12-14t21:59:43.10-05:00"]`},
		{"['1', \"true\", !!str 2, !!str null]", `["1","true","2","null"]`},
		{"a: |\n  x\n   y\nb: >-\n  1\n  2\n", `{"a":"x\n y\n","b":"1 2"}`},
		{"- \"\\n  b\"\n- |2\n   a\n", `["\n  b"," a\n"]`},
		{"base: &b {x: 1, y: 2}\nc: {<<: *b, y: 3}\nd: *b", `{"base":{"x":1,"y":2},"c":{"y":3,"x":1},"d":{"x":1,"y":2}}`},
		{"c: {<<: [{x: 1}, {x: 2, z: 3}]}", `{"c":{"x":1,"z":3}}`},
		{"---\na\n...\n", `"a"`},
		{"\"on\": é", `{"on":"é"}`},
	} {
		got, err := yamltext.ToJSON([]byte(tt[0]))
		if assert.NoError(t, err, tt[0]) {
			assert.Equal(t, tt[1], string(got), tt[0])
		}
	}
	bomb := "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c < 'k'; c++ {
		p := string(c - 1)
		bomb += string(c) + ": &" + string(c) + " [" + strings.Repeat("*"+p+", ", 9) + "*" + p + "]\n"
	}
	for text, want := range map[string]string{
		"a: b: c":                        "mapping values are not allowed in this context",
		"a\n---\nb":                      "line 2: a second document begins, but a value is one document",
		"1: a":                           "line 1: the key '1' is not a string; put it in quotes",
		"? [a]\n: b":                     "line 1: the key '' is not a string; put it in quotes",
		"a: 1\na: 2":                     "line 2: the key 'a' is there twice",
		"[.inf]":                         "line 1: .inf is not a number that the language has",
		"99999999999999999999":           "line 1: 99999999999999999999 does not fit into 64 bits",
		"1e999":                          "line 1: 1e999 is too large for a float",
		"!!binary aGVsbG8=":              "line 1: the tag !!binary has no meaning here",
		bomb:                             "aliases make the value too large",
		strings.Repeat("[", 5000):        "",
		"a: &a [*a]":                     "",
		"x: &x {<<: *x}":                 "",
		strings.Repeat("- ", 2000) + "x": "nest more than 1000 levels deep",
	} {
		_, err := yamltext.ToJSON([]byte(text))
		if assert.Error(t, err, text[:min(len(text), 40)]) {
			assert.Contains(t, err.Error(), want)
		}
	}
}

package drvjson

// This file defines tests against derivations that the reference showed.

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// The .drv files and their JSON are those of nix derivation show of the reference.
func TestShown(t *testing.T) {
	files, err := filepath.Glob("testdata/*.drv")
	require.NoError(t, err)
	require.Len(t, files, 5)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		want, err := os.ReadFile(file + ".json")
		require.NoError(t, err)
		d, err := drv.Parse(storepath.DefaultDir, strings.TrimSuffix(filepath.Base(file), ".drv"), string(text))
		require.NoError(t, err)
		got, err := Append(nil, d)
		require.NoError(t, err)
		assert.Equal(t, strings.TrimSuffix(string(want), "\n"), string(got))

		again, err := Parse(storepath.DefaultDir, string(want))
		require.NoError(t, err)
		back, err := again.Text()
		require.NoError(t, err)
		if d.Outputs[0].Kind != drv.Fixed { // whose path FillOutputs computes
			assert.Equal(t, string(text), back)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{`{"name":1}`, "Expected JSON value to be of type 'string' but it is of type 'number': 1"},
		{`[]`, "Expected JSON value to be of type 'object' but it is of type 'array': []"},
		{`{}`, "Expected JSON object to contain key 'name' but it doesn't: {}"},
		{`{"name":"x"}`, "Expected JSON object to contain key 'version' but it doesn't: {\"name\":\"x\"}"},
		{`{"name":"x","version":3}`, "Unsupported derivation JSON format version 3, only format version 4 is currently supported."},
		{`{"name":"x","version":4}`, "while reading key 'outputs': Expected JSON object to contain key 'outputs' but it doesn't: {\"name\":\"x\",\"version\":4}"},
		{`{"name":"x","version":4,"outputs":{"out":{"a":1}}}`, "while reading key 'outputs': invalid JSON for derivation output"},
		{`{"name":"x","version":4,"outputs":{"out":{"path":"/nix/store/x"}}}`, "while reading key 'outputs': '/nix/store/x' is too short to be a valid store path"},
		{`{"name":"x","version":4,"outputs":{},"inputs":{"srcs":["x"],"drvs":{}}}`, "while reading key 'inputs': while reading key 'srcs': 'x' is too short to be a valid store path"},
		{`{"name":"x","version":4,"outputs":{},"inputs":{"srcs":[],"drvs":{}},"system":"s","builder":"b","args":[],"env":{"a":1}}`,
			"while reading key 'env': Expected JSON value to be of type 'string' but it is of type 'number': 1"},
		{strings.Repeat("[", 20_000), "JSON is deeper than 10000 levels"},
		{`x`, "[json.exception.parse_error.101] parse error at line 1, column 1: syntax error while parsing value - invalid literal; last read: 'x'"},
	} {
		_, err := Parse(storepath.DefaultDir, row.text)
		assert.EqualError(t, err, row.want)
	}
}

// What can be read can be written, and means the same.
func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*.json")
	require.NoError(f, err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(f, err)
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := Parse(storepath.DefaultDir, text)
		if err != nil {
			return
		}
		shown, err := Append(nil, d)
		if err != nil {
			return
		}
		again, err := Parse(storepath.DefaultDir, string(shown))
		require.NoError(t, err)
		assert.Equal(t, string(d.AppendATerm(nil)), string(again.AppendATerm(nil)))
	})
}

package yamltext_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/text/yamltext"
)

// FuzzToJSON checks that no text causes a panic, that what comes out is JSON, and that JSON,
// which is YAML as well, stays what it is.
func FuzzToJSON(f *testing.F) {
	for _, text := range []string{
		"", "a: 1\nb: [x, 'y']", "base: &b {x: 1}\nc: {<<: *b, y: 3}", "a: |\n  x\n   y\n", "---\na\n...\n", "? a\n: b",
		"[.inf, 1e3, 0x1F, 012]", "!!str 2", "\"\\u00e9\"", "a: *a", "- - - -", "\t- a",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		out, err := yamltext.ToJSON([]byte(text))
		if err != nil {
			require.NotEmpty(t, err.Error())
			return
		}
		require.True(t, json.Valid(out), "%q", out)
		again, err := yamltext.ToJSON(out)
		require.NoError(t, err, "%q", out)
		require.JSONEq(t, string(out), string(again))
	})
}

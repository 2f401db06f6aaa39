package builtins

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestWarning(t *testing.T) {
	for text, want := range map[string]string{
		"a":          "evaluation warning: a",
		"":           "",
		"a\n":        "evaluation warning: a",
		"a\n\nb  ":   "evaluation warning: a\n\n                    b",
		"  a\n  b\n": "evaluation warning:   a\n                      b",
	} {
		assert.Equal(t, want, warning(text), "%q", text)
	}
}

package numtext

// This file defines tests of AppendFloat and AppendFixed.

import (
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestGolden compares with the reference 2.34.8. Each line of the golden file
// has a float, how it is printed, and what toString makes of it.
func TestGolden(t *testing.T) {
	text, err := os.ReadFile("testdata/float.golden")
	require.NoError(t, err)
	for line := range strings.Lines(string(text)) {
		c := strings.Fields(line)
		require.Len(t, c, 3, line)
		f := parse(t, c[0])
		assert.Equal(t, "x"+c[1], string(AppendFloat([]byte("x"), f)), c[0])
		assert.Equal(t, "x"+c[2], string(AppendFixed([]byte("x"), f)), c[0])
	}
}

// parse also reads -nan, of which strconv would lose the sign.
func parse(t *testing.T, s string) float64 {
	if rest, ok := strings.CutSuffix(s, "nan"); ok {
		sign := 1.0
		if rest == "-" {
			sign = -1
		}
		return math.Copysign(math.NaN(), sign)
	}
	f, err := strconv.ParseFloat(s, 64)
	require.NoError(t, err)
	return f
}

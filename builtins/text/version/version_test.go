package version_test

// This file defines the tests of the package; the corpus has those of the builtins.

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/text/version"
)

// TestCompare compares versions both ways.
func TestCompare(t *testing.T) {
	for _, test := range []struct {
		x, y string
		want int
	}{
		{"1.0", "1.0", 0}, {"", "", 0}, {"1..0", "1-0", 0}, {"01", "1", 0},
		{"1.9", "1.10", -1}, {"2.3pre1", "2.3", -1}, {"2.3a", "2.3.1", -1}, {"2.3", "2.3a", -1}, {"1", "1.0", -1}, {"a", "b", -1},
		{"99999999999", "1", -1}, {strings.Repeat("0", 5000) + "7", "8", -1},
	} {
		got, err := version.Compare(nil, test.x, test.y)
		require.NoError(t, err)
		assert.Equal(t, test.want, got, "%s, %s", test.x, test.y)
		back, err := version.Compare(nil, test.y, test.x)
		require.NoError(t, err)
		assert.Equal(t, -test.want, back, "%s, %s", test.y, test.x)
		assert.Equal(t, test.want < 0, version.Older(test.x, test.y))
	}
}

// TestSplitName finds versions in names.
func TestSplitName(t *testing.T) {
	for _, test := range [][3]string{
		{"nix-0.12pre-3", "nix", "0.12pre-3"}, {"apache-httpd-2.0.48", "apache-httpd", "2.0.48"}, {"hello", "hello", ""},
		{"a-", "a-", ""}, {"a--b", "a", "-b"}, {"-1", "", "1"}, {"", "", ""},
	} {
		name, v, err := version.SplitName(nil, test[0])
		require.NoError(t, err)
		assert.Equal(t, test[1:], []string{name, v}, test[0])
	}
}

// spent is a budget that has nothing left.
type spent struct{}

var errSpent = errors.New("spent")

func (spent) Tick(int) error    { return errSpent }
func (spent) Room(uint64) error { return errSpent }
func (spent) Charge(int) error  { return errSpent }

// TestStops ends work on long versions.
func TestStops(t *testing.T) {
	long := strings.Repeat("1", 1<<14)
	_, err := version.Compare(spent{}, long, long)
	assert.ErrorIs(t, err, errSpent)
	_, _, err = version.SplitName(spent{}, strings.Repeat("a", 1<<14))
	assert.ErrorIs(t, err, errSpent)
}

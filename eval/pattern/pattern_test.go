package pattern

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestPattern(t *testing.T) {
	p := New(`a(b*)c`)
	assert.True(t, p.MatchString("xabbc"))
	assert.False(t, p.Match([]byte("ab")))
	assert.Equal(t, []string{"abbc", "bb"}, p.FindStringSubmatch("xabbc"))
	assert.Equal(t, "-x-", p.ReplaceAllString("acxabc", "-"))
	assert.Panics(t, func() { New(`(`).MatchString("") })
}

package lang

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestFork gives forks of one table names of their own, at the same time: each sees its own and
// those of the table, which stays as it was.
func TestFork(t *testing.T) {
	base := NewSymbols("a", "b")
	n := base.Len()
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			fork := base.Fork()
			assert.Equal(t, n, fork.Len())
			assert.Equal(t, base.Lookup("b"), fork.Intern("b"))
			assert.Equal(t, n, fork.Len())
			for j := range 2000 {
				name := fmt.Sprintf("own-%d-%d", i, j)
				sym := fork.Intern(name)
				if !assert.Equal(t, Symbol(n+j), sym) || !assert.Equal(t, name, fork.Name(sym)) {
					return
				}
				assert.Equal(t, sym, fork.Lookup(name))
			}
			assert.Equal(t, "a", fork.Name(fork.Lookup("a")))
			assert.Equal(t, n+2000, fork.Len())
		})
	}
	wg.Wait()
	assert.Equal(t, n, base.Len())
	assert.Zero(t, base.Lookup("own-0-0"))
}

// TestForkRetain drops names of a fork that it shares.
func TestForkRetain(t *testing.T) {
	base := NewSymbols("a", "b")
	fork := base.Fork()
	a, b := fork.Lookup("a"), fork.Lookup("b")
	fork.Retain(func(sym Symbol) bool { return sym == a })
	assert.Equal(t, a, fork.Lookup("a"))
	assert.Zero(t, fork.Lookup("b"))
	assert.Equal(t, b, base.Lookup("b"))
	assert.Equal(t, "b", base.Name(b))
	c := fork.Intern("c")
	require.Equal(t, "c", fork.Name(c))
	assert.Zero(t, base.Lookup("c"))
}

package core

// This file tests that contexts are right however they are made.

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestContextUnions(t *testing.T) {
	for _, n := range []int{1, smallContext, smallContext + 1, 2000} {
		c := newContexts()
		single := make([]Context, n)
		for i := range single {
			single[i] = c.of(ContextElem{Path: fmt.Sprintf("/nix/store/%05d", i)})
		}
		step := Context(0)
		for _, s := range single {
			step = c.union(step, s)
		}
		all := c.unionAll(slices.Clone(single))
		want := c.list(all)
		assert.Len(t, want, n)
		assert.Equal(t, want, c.list(step))
		assert.Equal(t, want, c.list(c.union(step, all)))
		assert.Equal(t, step, c.union(step, single[n/2]), "nothing new")
		left, right := c.unionAll(slices.Clone(single[:n/2])), c.unionAll(slices.Clone(single[n/3:]))
		assert.Equal(t, want, c.list(c.union(left, right)))
		assert.Equal(t, c.union(left, right), c.union(right, left))
		words := 0
		for _, s := range c.sets {
			words += len(s.extra)
		}
		assert.Less(t, words, n*200+100_000, "memory grows with the number of steps")
	}
}

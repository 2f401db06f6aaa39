package core

// This file tests that contexts are right however they are made.

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval/heap"
)

func TestContextUnions(t *testing.T) {
	h, err := heap.New(0)
	require.NoError(t, err)
	space := h.Space()
	s0 := &space
	for _, n := range []int{1, smallContext, smallContext + 1, 2000} {
		c := newContexts()
		single := make([]Context, n)
		for i := range single {
			single[i] = c.of(s0, ContextElem{Path: fmt.Sprintf("/nix/store/%05d", i)})
		}
		step := Context(0)
		for _, s := range single {
			step = c.union(s0, step, s)
		}
		all := c.unionAll(s0, slices.Clone(single))
		want := c.list(all)
		assert.Len(t, want, n)
		assert.Equal(t, want, c.list(step))
		assert.Equal(t, want, c.list(c.union(s0, step, all)))
		assert.Equal(t, step, c.union(s0, step, single[n/2]), "nothing new")
		left, right := c.unionAll(s0, slices.Clone(single[:n/2])), c.unionAll(s0, slices.Clone(single[n/3:]))
		assert.Equal(t, want, c.list(c.union(s0, left, right)))
		assert.Equal(t, c.union(s0, left, right), c.union(s0, right, left))
		words := 0
		for _, s := range c.sets {
			words += len(s.extra)
		}
		assert.Less(t, words, n*200+100_000, "memory grows with the number of steps")
	}
}

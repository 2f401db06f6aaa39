package core

// This file defines the test of tables that are full.

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval/heap"
)

func TestContextsFull(t *testing.T) {
	h, err := heap.New(0)
	require.NoError(t, err)
	space := h.Space()
	s := &space
	table := newContexts()
	a := table.of(s, ContextElem{Path: "a"})
	full := make([]contextSet, heap.MaxContext+1)
	copy(full, table.sets)
	table.sets = full
	assert.PanicsWithValue(t, heap.ErrFull, func() { table.of(s, ContextElem{Path: "b"}) })
	assert.Equal(t, a, table.of(s, ContextElem{Path: "a"}), "the table is not locked")
}

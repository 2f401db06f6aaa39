package core

// This file defines the test of tables that are full.

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/firn-lang/firn/eval/heap"
)

func TestContextsFull(t *testing.T) {
	table := newContexts()
	a := table.of(ContextElem{Path: "a"})
	full := make([]contextSet, heap.MaxContext+1)
	copy(full, table.sets)
	table.sets = full
	assert.PanicsWithValue(t, heap.ErrFull, func() { table.of(ContextElem{Path: "b"}) })
	assert.Equal(t, a, table.of(ContextElem{Path: "a"}), "the table is not locked")
}

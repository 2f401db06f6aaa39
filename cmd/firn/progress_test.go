package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestDescribeProgress(t *testing.T) {
	assert.Equal(t, "evaluating: 12 s, 1 file, 3 MiB of values", describeProgress(12900*time.Millisecond, 1, 3<<20))
	assert.Equal(t, "evaluating: 1 s", describeProgress(time.Second, 0, 1000))
}

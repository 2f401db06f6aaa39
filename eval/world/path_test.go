package world

// This file tests what paths mean as texts.

import (
	"path"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestClean(t *testing.T) {
	for _, p := range []string{"", "/", "//", "/.", "/..", "/a", "a/b", "/a//b/", "/a/./b/../c", "/../a", "/a/..", "/.a/..b/...", "/a/b/"} {
		assert.Equal(t, path.Clean("/"+p), Clean(p), p)
		assert.Equal(t, p == Clean(p), isClean(p), p)
	}
}

func TestBelow(t *testing.T) {
	assert.True(t, Below("/a", "/"))
	assert.True(t, Below("/a", "/a"))
	assert.True(t, Below("/a/b", "/a"))
	assert.False(t, Below("/ab", "/a"))
	assert.False(t, Below("/", "/a"))
	assert.Equal(t, "/x", Join("/", "x"))
	assert.Equal(t, "/a/x", Join("/a", "x"))
}

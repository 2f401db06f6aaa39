package world

// This file tests which parts of a restricted world can be looked at.

import (
	"io/fs"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRestrict(t *testing.T) {
	all, _ := linked(map[string]string{"a/b/c": "c", "a/x": "x", "z": "-> a", "a/bc": ""})
	host := Restrict(all, "in a test", "/a/b")
	_, err := host.Lstat(ctx, "/a")
	assert.NoError(t, err)
	_, err = ReadFile(ctx, host, "/a/b/c", NoLimit)
	assert.NoError(t, err)
	var forbidden *ForbiddenError
	_, err = ReadFile(ctx, host, "/a/x", NoLimit)
	assert.ErrorAs(t, err, &forbidden)
	assert.EqualError(t, err, "access to absolute path '/a/x' is forbidden in a test")
	_, err = host.Lstat(ctx, "/a/bc")
	assert.ErrorIs(t, err, fs.ErrNotExist)
	_, err = host.ReadLink(ctx, "/z")
	assert.ErrorAs(t, err, &forbidden)
	list, err := host.ReadDir(ctx, "/a")
	require.NoError(t, err)
	assert.Equal(t, []DirEntry{{"b", Directory}}, list)
	list, err = host.ReadDir(ctx, "/")
	require.NoError(t, err)
	assert.Equal(t, []DirEntry{{"a", Directory}}, list)
	_, err = host.ReadDir(ctx, "/z")
	assert.ErrorAs(t, err, &forbidden)

	nothing := Restrict(all, "in a test")
	_, err = nothing.Lstat(ctx, "/")
	assert.ErrorAs(t, err, &forbidden)
}

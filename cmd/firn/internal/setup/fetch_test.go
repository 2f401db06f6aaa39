package setup

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/eval/world"
)

// TestDownload downloads files of this machine, and refuses what cannot be downloaded.
func TestDownload(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a b")
	require.NoError(t, os.WriteFile(file, []byte("text"), 0o666))
	slashed := filepath.ToSlash(dir)
	if slashed[0] != '/' {
		t.Skip("file URLs of this system are not those of Nix")
	}
	get := Download(&Streams{Host: world.OS(), LookupEnv: os.LookupEnv}, settings.New(settings.Source{LookupEnv: os.LookupEnv, Home: dir}))
	for url, want := range map[string]string{
		"file://" + slashed + "/a%20b":          "text",
		"file://localhost" + slashed + "/a%20b": "text",
	} {
		r, err := get(t.Context(), url)
		require.NoError(t, err, url)
		text, err := io.ReadAll(r)
		require.NoError(t, err)
		require.NoError(t, r.Close())
		assert.Equal(t, want, string(text))
	}
	const schemes = "what can be downloaded begins with https://, http:// or file:///"
	for url, want := range map[string]string{
		"file://" + slashed:         "it is no regular file",
		"file://" + slashed + "/no": "no such file or directory",
		"file://other/x":            schemes,
		"file:x":                    schemes,
		"ftp://a/b":                 schemes,
		"x":                         schemes,
		"http:///x":                 "it names no server",
		"http://a b/x":              "it is no URL",
	} {
		_, err := get(t.Context(), url)
		assert.EqualError(t, err, "unable to download '"+url+"': "+want, url)
	}
}

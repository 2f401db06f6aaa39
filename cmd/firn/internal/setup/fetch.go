package setup

// This file defines how commands fetch.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	neturl "net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/firn-lang/firn/builtins/fetch"
	"github.com/firn-lang/firn/builtins/fetch/git"
	"github.com/firn-lang/firn/builtins/fetch/hg"
	"github.com/firn-lang/firn/builtins/fetch/web"
	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/cache"
	"github.com/firn-lang/firn/builtins/store/compression"
	"github.com/firn-lang/firn/builtins/store/signature"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// CertFile returns the file of the certificates that are trusted: that of the settings, of the
// environment, or of the machine; "" if there is none.
func CertFile(s *Streams, set *settings.Settings) string {
	if set.IsSet("ssl-cert-file") {
		return set.Text("ssl-cert-file")
	}
	for _, name := range []string{"NIX_SSL_CERT_FILE", "SSL_CERT_FILE"} {
		if file := s.Getenv(name); file != "" {
			return file
		}
	}
	for _, file := range []string{"/etc/ssl/certs/ca-certificates.crt", "/nix/var/nix/profiles/default/etc/ssl/certs/ca-bundle.crt"} {
		if _, err := os.Stat(file); err == nil {
			return file
		}
	}
	return ""
}

// FetchOptions returns what the settings say about fetching: from servers, with a cache
// in the user's folder for caches.
func FetchOptions(s *Streams, set *settings.Settings) fetch.Options {
	certs := set.Text("ssl-cert-file")
	if certs == "" {
		certs = s.Getenv("NIX_SSL_CERT_FILE")
	}
	agent := "firn Nix/" + reference
	if suffix := set.Text("user-agent-suffix"); suffix != "" {
		agent += " " + suffix
	}
	refuse, quiet := !set.Bool("allow-dirty"), !set.Bool("warn-dirty")
	return fetch.Options{
		HTTP: web.New(web.Options{
			UserAgent:   agent,
			Connect:     time.Duration(set.Int("connect-timeout")) * time.Second,
			Stall:       time.Duration(set.Int("stalled-download-timeout")) * time.Second,
			Attempts:    set.Int("download-attempts"),
			Connections: set.Int("http-connections"),
			NetRC:       set.NetRC(),
			CertFile:    certs,
		}),
		CacheDir: fetch.DefaultDir(s.Getenv, s.Home),
		TTL:      time.Duration(set.Int("tarball-ttl")) * time.Second,
		Tokens:   tokens(set.Strings("access-tokens")),
		Schemes: map[string]fetch.Scheme{
			"git": git.New(git.Options{RefuseDirty: refuse, QuietDirty: quiet}),
			"hg":  hg.New(hg.Options{RefuseDirty: refuse, QuietDirty: quiet}),
		},
		Decompress: func(method string, r io.Reader) (io.ReadCloser, error) {
			return compression.NewReader(compression.Method(method), r, 0)
		},
	}
}

// Download returns what downloads for builders: by http, or of the files of this machine.
func Download(s *Streams, set *settings.Settings) func(ctx context.Context, url string) (io.ReadCloser, error) {
	client := FetchOptions(s, set).HTTP
	return func(ctx context.Context, url string) (io.ReadCloser, error) {
		fail := func(why string) (io.ReadCloser, error) {
			return nil, fmt.Errorf("unable to download '%s': %s", url, why)
		}
		u, err := neturl.Parse(url)
		switch {
		case err != nil:
			return fail("it is no URL")
		case u.Scheme == "file" && (u.Host == "" || u.Host == "localhost") && strings.HasPrefix(u.Path, "/"):
			f, err := openRegular(filepath.FromSlash(u.Path))
			if err != nil {
				return fail(err.Error())
			}
			return f, nil
		case u.Scheme != "http" && u.Scheme != "https":
			return fail("what can be downloaded begins with https://, http:// or file:///")
		case u.Host == "":
			return fail("it names no server")
		}
		res, err := client.Get(ctx, &fetch.Request{URL: url})
		if err != nil {
			return nil, err
		}
		return res.Body, nil
	}
}

// openRegular opens a file, but no folder, and nothing that never ends.
func openRegular(name string) (*os.File, error) {
	info, err := os.Stat(name)
	if err == nil && !info.Mode().IsRegular() {
		err = &os.PathError{Err: errors.New("it is no regular file")}
	}
	var f *os.File
	if err == nil {
		f, err = os.Open(name)
	}
	if path := (*os.PathError)(nil); errors.As(err, &path) {
		return nil, path.Err
	}
	return f, err
}

// openCache returns what opens binary caches for builtins.fetchClosure.
func openCache(s *Streams, set *settings.Settings) func(ctx context.Context, url string) (store.Store, signature.Keys, error) {
	return func(_ context.Context, url string) (store.Store, signature.Keys, error) {
		var keys signature.Keys
		if set.Bool("require-sigs") {
			var err error
			if keys, err = signature.ParseKeys(set.Strings("trusted-public-keys")...); err != nil {
				return nil, nil, err
			}
		}
		c, err := cache.Open(url, cache.Options{
			Dir: storepath.Dir(s.StoreDir(set)), Client: http.DefaultClient,
			Warn: func(text string) { fmt.Fprintf(s.Err, "warning: %s\n", text) },
		})
		if err != nil {
			return nil, nil, err
		}
		return c, keys, nil
	}
}

// reference is the version of the reference that servers are told.
const reference = "2.34.8"

// tokens returns the access tokens of a setting: HOST=TOKEN each.
func tokens(list []string) map[string]string {
	out := map[string]string{}
	for _, text := range list {
		if host, token, ok := strings.Cut(text, "="); ok {
			out[host] = token
		}
	}
	return out
}

// StatusMismatch is the exit status of commands for content that does not have the hash
// that was expected.
const StatusMismatch = 102

// Status returns the exit status of a command that failed with err.
func Status(err error) int {
	if _, ok := errors.AsType[*fetch.HashMismatchError](err); ok {
		return StatusMismatch
	}
	if e, ok := errors.AsType[interface {
		error
		ExitStatus() int
	}](err); ok {
		return e.ExitStatus()
	}
	return 1
}

package web_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/fetch"
	"github.com/firn-lang/firn/builtins/fetch/web"
)

// quick are options that do not wait for long.
var quick = web.Options{Delay: time.Millisecond, Offline: func() bool { return false }}

// serve returns the URL of a server.
func serve(t *testing.T, h http.HandlerFunc) string {
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

// get returns what is at a URL, and the warnings.
func get(t *testing.T, opt web.Options, req fetch.Request) (*fetch.Response, string, []string, error) {
	t.Helper()
	var mu sync.Mutex
	var warns []string
	req.Warn = func(format string, args ...any) {
		mu.Lock()
		defer mu.Unlock()
		warns = append(warns, fmt.Sprintf(format, args...))
	}
	res, err := web.New(opt).Get(t.Context(), &req)
	if err != nil {
		return nil, "", warns, err
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	return res, string(data), warns, err
}

func TestGet(t *testing.T) {
	var seen http.Header
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		seen = r.Header.Clone()
		w.Header().Set("Etag", `"1"`)
		w.Header().Set("Last-Modified", "then")
		w.Header().Add("Link", `<https://x/next>; rel="next", <https://x/v1>; rel="immutable"`)
		if r.Header.Get("If-None-Match") == `"1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		io.WriteString(w, "text")
	})
	opt := quick
	opt.UserAgent = "firn test"
	res, text, _, err := get(t, opt, fetch.Request{URL: url, Header: map[string]string{"Authorization": "token T"}})
	require.NoError(t, err)
	assert.Equal(t, "text", text)
	assert.Equal(t, []string{`"1"`, "then", "https://x/v1"}, []string{res.ETag, res.Modified, res.Immutable})
	assert.Equal(t, []string{url}, res.URLs)
	assert.Equal(t, "token T", seen.Get("Authorization"))
	assert.Equal(t, "firn test", seen.Get("User-Agent"))
	assert.Equal(t, "identity", seen.Get("Accept-Encoding"))
	res, text, _, err = get(t, opt, fetch.Request{URL: url, Validator: `"1"`})
	require.NoError(t, err)
	assert.True(t, res.NotModified)
	assert.Empty(t, text)
}

// TestEncoded shows that what a server encodes without being asked is decoded, if that is
// possible.
func TestEncoded(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", strings.TrimPrefix(r.URL.Path, "/"))
		z := gzip.NewWriter(w)
		io.WriteString(z, "text")
		z.Close()
	})
	_, text, _, err := get(t, quick, fetch.Request{URL: url + "/gzip"})
	require.NoError(t, err)
	assert.Equal(t, "text", text)
	_, _, _, err = get(t, quick, fetch.Request{URL: url + "/br"})
	assert.ErrorContains(t, err, "it is encoded as 'br'")
}

// TestRetries counts the requests that each status is worth.
func TestRetries(t *testing.T) {
	for status, want := range map[int]int32{404: 1, 410: 1, 401: 1, 403: 1, 422: 1, 500: 5, 502: 5, 503: 5, 429: 5, 408: 5, 501: 1, 511: 1} {
		var n atomic.Int32
		url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			n.Add(1)
			w.WriteHeader(status)
			io.WriteString(w, "<html>much</html>")
		})
		_, _, warns, err := get(t, quick, fetch.Request{URL: url})
		var bad *fetch.StatusError
		require.ErrorAs(t, err, &bad)
		assert.Equal(t, status, bad.Status)
		assert.True(t, strings.HasPrefix(err.Error(), fmt.Sprintf("unable to download '%s': HTTP error %d", url, status)), err)
		assert.NotContains(t, err.Error(), "html")
		assert.Equal(t, want, n.Load(), "requests for status %d", status)
		assert.Len(t, warns, int(want)-1)
		if want > 1 {
			assert.Regexp(t, fmt.Sprintf(`^unable to download '%s': HTTP error %d.*; retrying in \d+ ms \(attempt 1/5\)$`, url, status), warns[0])
		}
	}
	var n atomic.Int32
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		if n.Add(1) < 3 {
			w.WriteHeader(503)
			return
		}
		io.WriteString(w, "at last")
	})
	_, text, warns, err := get(t, quick, fetch.Request{URL: url})
	require.NoError(t, err)
	assert.Equal(t, "at last", text)
	assert.Len(t, warns, 2)
}

func TestAdvice(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		status, _ := strconv.Atoi(r.URL.Query().Get("status"))
		if r.URL.Query().Has("limit") {
			w.Header().Set("X-Ratelimit-Remaining", "0")
			w.Header().Set("X-Ratelimit-Reset", "1700000000")
		}
		w.WriteHeader(status)
	})
	host := strings.TrimPrefix(url, "http://")
	for path, want := range map[string]string{
		"/x?status=404":                "there is nothing at this URL",
		"/x?status=401":                "the server wants a password (setting: netrc-file)",
		"/api/v3/x?status=404":         "if it is private, an access token is needed (setting: access-tokens = 127.0.0.1=TOKEN)",
		"/api/v3/x?status=422":         "no such branch, tag or revision",
		"/api/v3/x?status=403&limit=1": "the server answers no more requests of this machine before 22:13 UTC; an access token raises the limit (setting: access-tokens = 127.0.0.1=TOKEN)",
		"/x?status=429&limit=1":        "the server answers no more requests of this machine before 22:13 UTC",
	} {
		_, _, warns, err := get(t, quick, fetch.Request{URL: url + path})
		assert.ErrorContains(t, err, want, path)
		assert.Empty(t, warns)
	}
	assert.NotEmpty(t, host)
}

func TestUnreachable(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	addr := l.Addr().String()
	l.Close()
	_, _, warns, err := get(t, quick, fetch.Request{URL: "http://" + addr + "/x"})
	assert.ErrorContains(t, err, "unable to download 'http://"+addr+"/x': cannot connect to '"+addr+"'")
	assert.Len(t, warns, 4)
	var offline *fetch.OfflineError
	assert.ErrorAs(t, err, &offline)
	_, _, warns, err = get(t, quick, fetch.Request{URL: "gopher://h/"})
	assert.Error(t, err)
	assert.Empty(t, warns)
}

func TestRedirects(t *testing.T) {
	var secret atomic.Value
	other := serve(t, func(w http.ResponseWriter, r *http.Request) {
		secret.Store(r.Header.Get("Private-Token") + r.Header.Get("Authorization"))
		io.WriteString(w, "there")
	})
	other = strings.Replace(other, "127.0.0.1", "localhost", 1)
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/loop" {
			http.Redirect(w, r, "/loop", http.StatusFound)
			return
		}
		http.Redirect(w, r, other+"/x", http.StatusFound)
	})
	res, text, _, err := get(t, quick, fetch.Request{URL: url, Header: map[string]string{"Private-Token": "T", "Authorization": "T"}})
	require.NoError(t, err)
	assert.Equal(t, "there", text)
	assert.Equal(t, []string{url, other + "/x"}, res.URLs)
	assert.Empty(t, secret.Load(), "what another host was told")
	_, _, warns, err := get(t, quick, fetch.Request{URL: url + "/loop"})
	assert.ErrorContains(t, err, "redirected more than 10 times")
	assert.Empty(t, warns)
}

// TestBroken is about transfers that break after some bytes.
func TestBroken(t *testing.T) {
	data := bytes.Repeat([]byte("0123456789"), 10000)
	var requests atomic.Int32
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		n := requests.Add(1)
		switch r.URL.Path {
		case "/ranges", "/lies":
			w.Header().Set("Accept-Ranges", "bytes")
		case "/tag":
			w.Header().Set("Etag", `"1"`)
		case "/changes":
			w.Header().Set("Etag", fmt.Sprintf(`"%d"`, n))
		}
		from := 0
		if text, ok := strings.CutPrefix(r.Header.Get("Range"), "bytes="); ok && r.URL.Path == "/ranges" {
			from, _ = strconv.Atoi(strings.TrimSuffix(text, "-"))
			w.Header().Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, len(data)-1, len(data)))
		}
		w.Header().Set("Content-Length", strconv.Itoa(len(data)-from))
		if from > 0 {
			w.WriteHeader(http.StatusPartialContent)
		}
		if n < 3 || r.URL.Path == "/lies" {
			w.Write(data[from : from+(len(data)-from)/2])
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		}
		w.Write(data[from:])
	})
	for path, want := range map[string]string{
		"/ranges":  "",
		"/tag":     "",
		"/changes": "it changed meanwhile",
		"/none":    "the server ended the transfer too early after 50000 bytes",
		"/lies":    "it changed meanwhile",
	} {
		requests.Store(0)
		_, text, _, err := get(t, quick, fetch.Request{URL: url + path})
		if want != "" {
			assert.ErrorContains(t, err, want, path)
			continue
		}
		require.NoError(t, err, path)
		assert.Equal(t, string(data), text, path)
		assert.Equal(t, int32(3), requests.Load(), path)
	}
}

func TestStall(t *testing.T) {
	end := make(chan struct{})
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/body" {
			w.Write([]byte("some"))
			w.(http.Flusher).Flush()
		}
		<-end
	})
	t.Cleanup(func() { close(end) }) // before the server is closed
	opt := quick
	opt.Stall, opt.Attempts = 50*time.Millisecond, 2
	for _, path := range []string{"/head", "/body"} {
		_, _, _, err := get(t, opt, fetch.Request{URL: url + path})
		assert.ErrorContains(t, err, "unable to download '"+url+path+"'", path)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	reason := errors.New("enough")
	time.AfterFunc(20*time.Millisecond, func() { cancel(reason) })
	_, err := web.New(quick).Get(ctx, &fetch.Request{URL: url + "/head"})
	assert.ErrorIs(t, err, reason)
}

func TestTooLarge(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/says" {
			w.Header().Set("Content-Length", "1000")
		}
		for range 10 {
			w.Write(make([]byte, 100))
			w.(http.Flusher).Flush()
		}
	})
	opt := quick
	opt.MaxBytes = 500
	for _, path := range []string{"/says", "/does"} {
		_, _, _, err := get(t, opt, fetch.Request{URL: url + path})
		assert.ErrorContains(t, err, "it is larger than 500 bytes", path)
	}
}

func TestCertificates(t *testing.T) {
	s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "safe") }))
	s.Config.ErrorLog = nil
	t.Cleanup(s.Close)
	_, _, warns, err := get(t, quick, fetch.Request{URL: s.URL})
	assert.ErrorContains(t, err, "is not trusted (setting: ssl-cert-file)")
	assert.Empty(t, warns)
	opt := quick
	opt.CertFile = filepath.Join(t.TempDir(), "ca.pem")
	require.NoError(t, os.WriteFile(opt.CertFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}), 0o600))
	_, text, _, err := get(t, opt, fetch.Request{URL: s.URL})
	require.NoError(t, err)
	assert.Equal(t, "safe", text)
	require.NoError(t, os.WriteFile(opt.CertFile, []byte("nothing"), 0o600))
	_, _, _, err = get(t, opt, fetch.Request{URL: s.URL})
	assert.ErrorContains(t, err, "has no certificates")
}

func TestNetRC(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		user, password, ok := r.BasicAuth()
		fmt.Fprint(w, user, " ", password, " ", ok)
	})
	opt := quick
	opt.NetRC = filepath.Join(t.TempDir(), "netrc")
	_, text, _, err := get(t, opt, fetch.Request{URL: url})
	require.NoError(t, err, "a file that is not there")
	assert.Equal(t, "  false", text)
	for content, want := range map[string]string{
		"machine 127.0.0.1 login u password p\n":                                                    "u p true",
		"machine other login x\nmachine 127.0.0.1\n  login u\n  password\n  p\n":                    "u p true",
		"default login d password e\n":                                                              "d e true",
		"machine 127.0.0.1 login u password p\nmachine 127.0.0.1 login x password y":                "u p true",
		"macdef init\nmachine 127.0.0.1 login m password m\n\nmachine 127.0.0.1 login u password p": "u p true",
		"# machine 127.0.0.1 login c\nmachine other login x password y":                             "  false",
	} {
		require.NoError(t, os.WriteFile(opt.NetRC, []byte(content), 0o600))
		_, text, _, err := get(t, opt, fetch.Request{URL: url})
		require.NoError(t, err)
		assert.Equal(t, want, text, content)
	}
	_, text, _, err = get(t, opt, fetch.Request{URL: strings.Replace(url, "//", "//me:mine@", 1)})
	require.NoError(t, err)
	assert.Equal(t, "me mine true", text)
}

func TestOffline(t *testing.T) {
	var n atomic.Int32
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) { n.Add(1); w.WriteHeader(500) })
	opt := quick
	opt.Offline = func() bool { return true }
	_, _, _, err := get(t, opt, fetch.Request{URL: url})
	assert.Error(t, err)
	assert.Equal(t, int32(5), n.Load(), "this machine is reached without a network")
}

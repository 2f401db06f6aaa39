package cache

// This file tests the contract of stores, what the files are, and what the
// reference makes of them.

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/compression"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/builtins/store/storetest"
)

var ctx = context.Background()

// A server is a binary cache in memory, which can be made to fail.
type server struct {
	*httptest.Server
	mu    sync.Mutex
	files map[string][]byte
	log   []string // requests
	check func(r *http.Request, body []byte) bool
	serve func(w http.ResponseWriter, r *http.Request, file []byte) bool // in place of the file, if it returns true
}

func newServer(t *testing.T) *server {
	s := &server{files: map[string][]byte{}}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	s.log = append(s.log, r.Method+" "+r.URL.RequestURI())
	if r.Method == http.MethodPut {
		s.files[r.URL.Path] = body
	}
	file, ok := s.files[r.URL.Path]
	check, serve := s.check, s.serve
	s.mu.Unlock()
	switch {
	case check != nil && !check(r, body):
		http.Error(w, "forbidden", http.StatusForbidden)
	case !ok:
		http.NotFound(w, r)
	case r.Method == http.MethodGet && serve != nil && serve(w, r, file):
	case r.Method == http.MethodGet:
		w.Header().Set("Etag", `"`+strconv.Itoa(len(file))+`"`)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(file))
	}
}

func open(t *testing.T, ref string) *Store {
	t.Helper()
	s, err := Open(ref, Options{Client: http.DefaultClient, Warn: func(text string) { t.Error(text) }})
	require.NoError(t, err)
	return s
}

func TestFolder(t *testing.T) {
	storetest.Test(t, func(t *testing.T) store.Store { return open(t, "file://"+t.TempDir()+"/c?compression=zstd") })
}

func TestServer(t *testing.T) {
	storetest.Test(t, func(t *testing.T) store.Store {
		return open(t, newServer(t).URL+"/c?compression=none&write-nar-listing=true&index-debug-info=1")
	})
}

// TestAgain reads what was written with each compression from a store that has
// seen nothing of it.
func TestAgain(t *testing.T) {
	for _, m := range []compression.Method{"none", "xz", "bzip2", "gzip", "zstd", "br", "lzip", "lzma", "lz4", "compress"} {
		for _, ref := range []string{"file://" + t.TempDir(), newServer(t).URL} {
			s := open(t, ref+"?compression="+string(m))
			x, err := s.AddText(ctx, store.Text{Name: "x", Contents: "y"})
			require.NoError(t, err)
			tree, _, err := s.Add(ctx, storetest.Fixture()[1].Source)
			require.NoError(t, err)
			again := open(t, ref)
			for _, path := range []string{x, tree} {
				info, err := again.NARInfo(ctx, path)
				require.NoError(t, err)
				assert.Equal(t, string(m), info.Compression)
				assert.True(t, strings.HasSuffix(info.URL, ".nar"+m.Suffix()))
				var out bytes.Buffer
				require.NoError(t, again.WriteNAR(ctx, path, &out))
				assert.EqualValues(t, info.NARSize, out.Len())
			}
		}
	}
}

// TestFiles compares the files of a cache with those that Nix 2.34.8 wrote.
func TestFiles(t *testing.T) {
	dir := t.TempDir()
	s := open(t, "file://"+dir+"?compression=none&write-nar-listing=true")
	path, err := s.AddText(ctx, store.Text{Name: "x", Contents: "y"})
	require.NoError(t, err)
	info, err := s.NARInfo(ctx, path)
	require.NoError(t, err)
	sum := strings.TrimSuffix(strings.TrimPrefix(info.URL, "nar/"), ".nar")
	for name, want := range map[string]string{
		infoName:                              "StoreDir: /nix/store\n",
		"lfngsssysp6h1v4ccqg23c52s9sjl779.ls": `{"root":{"narOffset":96,"size":1,"type":"regular"},"version":1}`,
		"lfngsssysp6h1v4ccqg23c52s9sjl779.narinfo": "StorePath: " + path + "\nURL: nar/" + sum + ".nar\nCompression: none\nFileHash: sha256:" + sum +
			"\nFileSize: 120\nNarHash: sha256:" + sum + "\nNarSize: 120\nReferences: \nCA: text:sha256:" + storetest.TextHash + "\n",
	} {
		got, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		assert.Equal(t, want, string(got))
	}
	root, err := s.Listing(ctx, path)
	require.NoError(t, err)
	assert.EqualValues(t, 96, root.Offset)

	require.NoError(t, s.AddLog(ctx, path+".drv", strings.NewReader("log\n")))
	r, err := s.Log(ctx, path+".drv")
	require.NoError(t, err)
	text, err := io.ReadAll(r)
	require.NoError(t, err)
	require.NoError(t, r.Close())
	assert.Equal(t, "log\n", string(text))
	_, err = s.Log(ctx, path)
	assert.ErrorIs(t, err, fs.ErrNotExist)

	known := s.Realisations()
	real := &store.Realisation{ID: store.OutputID{Hash: nixhash.Sum(nixhash.SHA256, nil), Output: "out"}, Path: path}
	found, err := known.Realisation(ctx, real.ID)
	require.NoError(t, err)
	assert.Nil(t, found)
	require.NoError(t, known.AddRealisation(ctx, real))
	found, err = known.Realisation(ctx, real.ID)
	require.NoError(t, err)
	assert.Equal(t, real, found)
	for text, want := range map[string]string{
		"{bad":           "it is not JSON from byte 2 on",
		`{"outPath": 1}`: "'outPath' has a value of the wrong type: number",
	} {
		name := "realisations/" + real.ID.String() + ".doi"
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
		_, err = known.Realisation(ctx, real.ID)
		assert.EqualError(t, err, "file '"+name+"' of binary cache 'file://"+dir+"': a realisation cannot be read: "+want)
	}
	real.ID.Output = "../x"
	assert.Error(t, known.AddRealisation(ctx, real))
}

// TestOracle lets the reference read what was written, and reads what it wrote.
func TestOracle(t *testing.T) {
	oracle := strings.Fields(os.Getenv("FIRN_ORACLE"))
	if len(oracle) == 0 {
		t.Skip("set FIRN_ORACLE to the command that runs nix-instantiate of C++ Nix")
	}
	root := t.TempDir()
	home, err := os.UserHomeDir()
	require.NoError(t, err)
	env := append(os.Environ(), "ORACLE_ROOT="+home+"/.cache/nix-oracle", "HOME="+root,
		"NIX_STORE_DIR="+root+"/store", "NIX_STATE_DIR="+root+"/var", "NIX_LOCALSTATE_DIR="+root+"/var", "NIX_LOG_DIR="+root+"/log", "NIX_CONF_DIR="+root+"/etc",
		"NIX_CONFIG=experimental-features = nix-command\nsubstituters =\nbuild-users-group =\n")
	nix := func(args ...string) string {
		c := exec.Command(oracle[0], append(append([]string{}, oracle[1:len(oracle)-1]...), args...)...)
		c.Env, c.Stderr = env, os.Stderr
		out, err := c.Output()
		require.NoError(t, err, "%s", args)
		return strings.TrimSpace(string(out))
	}
	for _, m := range []string{"none", "xz", "bzip2", "gzip", "zstd", "br", "lzip", "lzma", "lz4", "compress"} {
		s, err := Open("file://"+root+"/ours-"+m+"?compression="+m, Options{Dir: storepath.Dir(root + "/store")})
		require.NoError(t, err)
		src := storetest.Fixture()[1].Source
		src.Name = "tree-" + m
		path, _, err := s.Add(ctx, src)
		require.NoError(t, err)
		nix("nix", "copy", "--no-check-sigs", "--from", "file://"+root+"/ours-"+m, path)
		nix("nix", "copy", "--to", "file://"+root+"/theirs-"+m+"?compression="+m, path)
		theirs, err := Open("file://"+root+"/theirs-"+m, Options{Dir: storepath.Dir(root + "/store")})
		require.NoError(t, err)
		require.NoError(t, theirs.WriteNAR(ctx, path, io.Discard), m)
	}
}

// TestRequests counts what is asked for, and shows that answers are remembered.
func TestRequests(t *testing.T) {
	srv := newServer(t)
	path, err := open(t, srv.URL+"?compression=none").AddText(ctx, store.Text{Name: "x", Contents: "y"})
	require.NoError(t, err)
	srv.log = nil
	s := open(t, srv.URL)
	nothing := "/nix/store/" + strings.Repeat("0", 32) + "-nothing"
	for range 3 {
		valid, err := s.IsValid(ctx, path)
		require.NoError(t, err)
		assert.True(t, valid)
		_, err = s.Info(ctx, path)
		require.NoError(t, err)
		valid, err = s.IsValid(ctx, nothing)
		require.NoError(t, err)
		assert.False(t, valid)
	}
	assert.Equal(t, []string{"GET /nix-cache-info", "GET /lfngsssysp6h1v4ccqg23c52s9sjl779.narinfo", "GET /" + strings.Repeat("0", 32) + ".narinfo"}, srv.log)
	s.Forget(nothing)
	_, err = s.IsValid(ctx, nothing)
	require.NoError(t, err)
	assert.Len(t, srv.log, 4)
}

// TestResume breaks and stalls transfers, and gets the file all the same.
func TestResume(t *testing.T) {
	data := bytes.Repeat([]byte("0123456789abcdef"), 10_000)
	for name, ranges := range map[string]bool{"with ranges": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			srv := newServer(t)
			path, _, err := open(t, srv.URL+"?compression=none").Add(ctx, store.Source{Name: "big", Reader: bytes.NewReader(data)})
			require.NoError(t, err)
			var tries atomic.Int32
			srv.serve = func(w http.ResponseWriter, r *http.Request, file []byte) bool {
				if !strings.Contains(r.URL.Path, "/nar/") {
					return false
				}
				try := int(tries.Add(1))
				if try == 4 {
					return ranges
				}
				from := 0
				if h := r.Header.Get("Range"); ranges && h != "" {
					from, _ = strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(h, "bytes="), "-"))
					w.Header().Set("Content-Range", "bytes "+strconv.Itoa(from)+"-"+strconv.Itoa(len(file)-1)+"/"+strconv.Itoa(len(file)))
				}
				w.Header().Set("Content-Length", strconv.Itoa(len(file)-from))
				if from > 0 {
					w.WriteHeader(http.StatusPartialContent)
				}
				_, _ = w.Write(file[from:min(from+50_000*try, len(file))])
				w.(http.Flusher).Flush()
				if try == 2 {
					<-r.Context().Done() // stalls
				}
				panic(http.ErrAbortHandler)
			}
			s := open(t, srv.URL)
			s.files.(*web).stall = time.Second // more than a busy machine needs
			var out bytes.Buffer
			require.NoError(t, s.WriteNAR(ctx, path, &out))
			assert.Contains(t, out.String(), string(data))
			assert.Greater(t, int(tries.Load()), 1)
		})
	}
}

// TestDown counts how often a server is asked that cannot be reached: it is left alone for a
// while then, so a hundred questions take as long as the first.
func TestDown(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	addr := l.Addr().String()
	require.NoError(t, l.Close())
	for name, dial := range map[string]func(context.Context) (net.Conn, error){
		"refuses": func(ctx context.Context) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, "tcp", addr)
		},
		"hangs": func(ctx context.Context) (net.Conn, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		},
	} {
		t.Run(name, func(t *testing.T) {
			var dials atomic.Int32
			client := &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
				dials.Add(1)
				return dial(ctx)
			}}}
			s, err := Open("http://"+addr, Options{Client: client})
			require.NoError(t, err)
			for range 100 {
				_, err := s.IsValid(ctx, storetest.TextPath)
				var down *DownError
				require.ErrorAs(t, err, &down)
				assert.NotContains(t, err.Error(), "dial")
				assert.NotContains(t, err.Error(), "Get ")
			}
			assert.Less(t, int(dials.Load()), 10)
		})
	}
}

// TestConnectError says why there is no connection, without URLs and addresses.
func TestConnectError(t *testing.T) {
	dial := func(err error) error {
		return &url.Error{Op: "Get", URL: "http://h/x", Err: &net.OpError{Op: "dial", Net: "tcp", Err: err}}
	}
	for want, err := range map[string]error{
		"connection refused": dial(os.NewSyscallError("connect", syscall.ECONNREFUSED)),
		"there is no host 'h', or this machine is offline":                                dial(&net.DNSError{Err: "no such host", Name: "h", Server: "127.0.0.53:53", IsNotFound: true}),
		"the host 'h' cannot be looked up (server misbehaving); is this machine offline?": dial(&net.DNSError{Err: "server misbehaving", Name: "h"}),
		"connecting takes too long: i/o timeout":                                          os.ErrDeadlineExceeded,
		"odd":                                                                             &url.Error{Op: "Get", URL: "http://h/x", Err: errors.New("odd")},
	} {
		assert.EqualError(t, connectError(err), want)
	}
}

// TestHostile reads from servers that lie.
func TestHostile(t *testing.T) {
	srv := newServer(t)
	s := open(t, srv.URL+"?compression=none")
	path, err := s.AddText(ctx, store.Text{Name: "x", Contents: "y"})
	require.NoError(t, err)
	const name = "/lfngsssysp6h1v4ccqg23c52s9sjl779.narinfo"
	good := string(srv.files[name])
	info, err := s.NARInfo(ctx, path)
	require.NoError(t, err)
	archive := "/" + info.URL
	for what, c := range map[string]struct{ from, to, want string }{
		"absolute":    {"URL: nar/", "URL: /nar/", "must not be absolute"},
		"traversal":   {"URL: nar/", "URL: nar/../../nar/", "must not contain '..' or '.' segments"},
		"escaped":     {"URL: nar/", "URL: nar/%2E%2e/", "must not contain '..' or '.' segments"},
		"elsewhere":   {"URL: nar/", "URL: http://127.0.0.1:1/", "must not contain"},
		"gone":        {"URL: nar/", "URL: nar/x", "does not exist in binary cache"},
		"compression": {"Compression: none", "Compression: rot13", "unknown compression method 'rot13'"},
		"no xz":       {"Compression: none", "Compression: xz", "xz: no such stream"},
		"size":        {"NarSize: 120", "NarSize: 119", "size mismatch importing path"},
		"larger":      {"NarSize: 120", "NarSize: 121", "size mismatch importing path"},
		"hash":        {"NarHash: sha256:0", "NarHash: sha256:1", "hash mismatch importing path"},
		"corrupt":     {"NarSize: 120", "NarSize: 0", "is corrupt"},
	} {
		bad := strings.Replace(good, c.from, c.to, 1)
		if what == "hash" {
			i := strings.Index(good, "NarHash: sha256:") + len("NarHash: sha256:")
			bad = good[:i+3] + map[bool]string{true: "1", false: "0"}[good[i+3] == '0'] + good[i+4:]
		}
		require.NotEqual(t, good, bad, what)
		srv.files[name] = []byte(bad)
		err := open(t, srv.URL).WriteNAR(ctx, path, io.Discard)
		if what == "elsewhere" {
			assert.Error(t, err, what)
			continue
		}
		assert.ErrorContains(t, err, c.want, what)
	}

	// Streams without an end, and one that holds gigabytes.
	endless := func(w http.ResponseWriter, r *http.Request, _ []byte) bool {
		for {
			if _, err := w.Write(make([]byte, 32<<10)); err != nil {
				return true
			}
		}
	}
	srv.files[name] = []byte(good)
	srv.serve = func(w http.ResponseWriter, r *http.Request, file []byte) bool {
		return r.URL.Path == archive && endless(w, r, file)
	}
	assert.ErrorContains(t, open(t, srv.URL).WriteNAR(ctx, path, io.Discard), "size mismatch importing path")
	srv.serve = func(w http.ResponseWriter, r *http.Request, file []byte) bool {
		return r.URL.Path == name && endless(w, r, file)
	}
	_, err = open(t, srv.URL).Info(ctx, path)
	assert.ErrorContains(t, err, "is larger than")
	srv.serve = func(w http.ResponseWriter, r *http.Request, file []byte) bool {
		return r.URL.Path == "/"+infoName && endless(w, r, file)
	}
	_, err = open(t, srv.URL).Info(ctx, path)
	assert.ErrorContains(t, err, "is larger than")
	srv.serve = nil
	for _, m := range []compression.Method{"xz", "bzip2", "gzip", "zstd", "br", "lzip", "lzma", "lz4", "compress"} {
		var bomb bytes.Buffer
		z, err := compression.NewWriter(m, &bomb, compression.Options{})
		require.NoError(t, err)
		_, err = z.Write(make([]byte, 8<<20))
		require.NoError(t, err)
		require.NoError(t, z.Close())
		srv.files[name] = []byte(strings.Replace(good, "Compression: none", "Compression: "+string(m), 1))
		srv.files[archive] = bomb.Bytes()
		assert.ErrorContains(t, open(t, srv.URL).WriteNAR(ctx, path, io.Discard), "size mismatch importing path", m)
	}

	srv.files["/"+infoName] = []byte("StoreDir: /gnu/store\n")
	_, err = open(t, srv.URL).Info(ctx, path)
	assert.EqualError(t, err, "binary cache '"+srv.URL+"' is for Nix stores with prefix '/gnu/store', not '/nix/store'")
}

// TestBucket writes to, and reads from, a bucket that checks signatures.
func TestBucket(t *testing.T) {
	srv := newServer(t)
	srv.check = func(r *http.Request, body []byte) bool {
		stamp, err := time.Parse("20060102T150405Z", r.Header.Get("X-Amz-Date"))
		sum := sha256.Sum256(body)
		if err != nil || r.Header.Get("X-Amz-Content-Sha256") != hex.EncodeToString(sum[:]) {
			return false
		}
		again := r.Clone(ctx)
		sign(again, sum, Credentials{AccessKey: "key", SecretKey: "secret"}, "eu-central-1", stamp)
		return again.Header.Get("Authorization") == r.Header.Get("Authorization")
	}
	ref := "s3://bucket?region=eu-central-1&scheme=http&endpoint=" + strings.TrimPrefix(srv.URL, "http://")
	with := func(secret string) *Store {
		s, err := Open(ref, Options{Client: http.DefaultClient, Credentials: func(string) (Credentials, error) {
			return Credentials{AccessKey: "key", SecretKey: secret}, nil
		}})
		require.NoError(t, err)
		return s
	}
	path, err := with("secret").AddText(ctx, store.Text{Name: "x+=?", Contents: "y"})
	require.NoError(t, err)
	require.NoError(t, with("secret").WriteNAR(ctx, path, io.Discard))
	require.NoError(t, with("secret").AddLog(ctx, path+".drv", strings.NewReader("log")))
	assert.Contains(t, srv.files, "/bucket/log/"+filepath.Base(path)+".drv")
	_, err = with("wrong").AddText(ctx, store.Text{Name: "z", Contents: "y"})
	assert.ErrorContains(t, err, "HTTP error 403")
}

// TestSignAsAmazon signs the example of Amazon's documentation of signatures.
func TestSignAsAmazon(t *testing.T) {
	r, err := http.NewRequest(http.MethodGet, "https://examplebucket.s3.amazonaws.com/test.txt", nil)
	require.NoError(t, err)
	r.Header.Set("Range", "bytes=0-9")
	sign(r, sha256.Sum256(nil), Credentials{AccessKey: "AKIAIOSFODNN7EXAMPLE", SecretKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}, "us-east-1",
		time.Date(2013, 5, 24, 0, 0, 0, 0, time.UTC))
	assert.Contains(t, r.Header.Get("Authorization"), "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")
}

func TestOpen(t *testing.T) {
	for ref, want := range map[string]string{
		"file:///x?compression=zst":       "option 'compression' has invalid value 'zst'",
		"file:///x?compression-level=xx":  "setting 'compression-level' has invalid value 'xx'",
		"file:///x?priority=xx":           "setting 'priority' has invalid value 'xx'",
		"file:///x?trusted=xx":            "Boolean setting 'trusted' has invalid value 'xx'",
		"file:///x?secret-key=/none/none": "open /none/none: no such file or directory",
		"ftp://x":                         "'ftp://x' is not the URL of a binary cache",
		"http://x":                        "cannot open 'http://x': there is no network here",
	} {
		_, err := Open(ref, Options{})
		assert.EqualError(t, err, want)
	}
	var warned []string
	s, err := Open("file:///none?nonsense=2&trusted=1&priority=3&want-mass-query=true", Options{Warn: func(text string) { warned = append(warned, text) }})
	require.NoError(t, err)
	assert.Equal(t, []string{"unknown setting 'nonsense'"}, warned)
	assert.True(t, s.Trusted())
	info, err := s.CacheInfo(ctx)
	require.NoError(t, err)
	assert.Equal(t, Info{Priority: 3, Absent: true, WantMassQuery: true}, info)
	_, err = Open("http://x", Options{})
	assert.True(t, errors.Is(err, ErrNoNetwork))
}

func FuzzParseInfo(f *testing.F) {
	for _, text := range []string{"StoreDir: /nix/store\nWantMassQuery: 1\nPriority: 40\n", "", ":", "Priority: x\n"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		info, err := ParseInfo(text)
		if err != nil {
			return
		}
		again, err := ParseInfo("StoreDir: " + info.StoreDir + "\nPriority: " + strconv.Itoa(info.Priority) + "\n")
		require.NoError(t, err)
		assert.Equal(t, info.StoreDir, again.StoreDir)
		assert.Equal(t, info.Priority, again.Priority)
	})
}

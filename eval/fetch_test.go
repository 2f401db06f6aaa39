package eval_test

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/fetch"
	"github.com/firn-lang/firn/builtins/fetch/fetchtest"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	storesig "github.com/firn-lang/firn/builtins/store/signature"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/world"
)

// fetched is an archive with default.nix.
func fetched() string {
	const text = "{ x = 1; here = ./.; }\n"
	var buf bytes.Buffer
	w := tar.NewWriter(&buf)
	_ = w.WriteHeader(&tar.Header{Name: "top/default.nix", Mode: 0o644, Size: int64(len(text)), ModTime: time.Unix(1700000000, 0)})
	_, _ = io.WriteString(w, text)
	_ = w.Close()
	return buf.String()
}

const (
	fetchedHash = "sha256-/64W+0DSneHNeHFCgNISAfLxe4r4164juqoeG6xS5oM="
	fetchedRev  = "0123456789abcdef0123456789abcdef01234567"
)

// TestFetch evaluates programs that fetch, from servers that are a table.
func TestFetch(t *testing.T) {
	archive := fetchtest.Answer{Body: fetched()}
	web := fetchtest.New(map[string]fetchtest.Answer{
		"https://h/t.tar": archive,
		"https://h/file":  {Body: "text"},
		"https://channels.nixos.org/nixos-unstable/nixexprs.tar.xz": archive,
		"https://github.com/o/r/archive/" + fetchedRev + ".tar.gz":  archive,
		"https://latest/t": {Body: fetched(), Immutable: "https://h/t.tar?rev=" + fetchedRev + "&revCount=7"},
	})
	fetcher := fetch.New(fetch.Options{HTTP: web, TTL: time.Hour})
	files := fstest.MapFS{"f": {Data: []byte("text")}, "d/f": {Data: []byte("text")}}
	textHash, noHash := nixhash.Sum(nixhash.SHA256, []byte("text")), nixhash.Sum(nixhash.SHA256, nil)
	for _, tt := range []struct {
		name, source string
		opt          eval.Options
		want         string // of the value, or of the error
	}{
		{"file", `builtins.readFile (builtins.fetchurl "https://h/file")`, eval.Options{}, `"text"`},
		{"archive", `(import (fetchTarball "https://h/t.tar")).x`, eval.Options{}, "1"},
		{"path", `toString (import (fetchTarball "https://h/t.tar")).here == toString (fetchTarball "https://h/t.tar")`, eval.Options{}, "true"},
		{"context", `builtins.getContext (builtins.fetchurl "https://h/file")`, eval.Options{},
			`{ "/nix/store/6k06s5cg6swfbl803956s1macj0b5cbs-file" = { path = true; }; }`},
		{"channel", `(import (fetchTarball "channel:nixos-unstable")).x`, eval.Options{}, "1"},
		{"search path", `(import <pkgs>).x`, eval.Options{SearchPath: []eval.SearchPathEntry{{Prefix: "pkgs", Path: "https://h/t.tar"}}}, "1"},
		{"search path, absent", `import <pkgs>`, eval.Options{SearchPath: []eval.SearchPathEntry{{Prefix: "pkgs", Path: "https://h/none"}}},
			"file 'pkgs' was not found in the Nix search path"},
		{"tree", `builtins.fetchTree { type = "tarball"; url = "https://h/t.tar"; }`, eval.Options{},
			`{ lastModified = 1700000000; lastModifiedDate = "20231114221320"; narHash = "` + fetchedHash + `"; outPath = "/nix/store/majbygqrvwd0djy856kb4mdrm3lrsw51-source"; }`},
		{"link", `builtins.removeAttrs (builtins.fetchTree { type = "tarball"; url = "https://latest/t"; }) [ "outPath" "narHash" ]`, eval.Options{},
			`{ lastModified = 1700000000; lastModifiedDate = "20231114221320"; rev = "` + fetchedRev + `"; revCount = 7; shortRev = "0123456"; }`},
		{"forge", `(builtins.fetchTree "github:o/r/` + fetchedRev + `").shortRev`, eval.Options{}, `"0123456"`},
		{"tree of a file", `(builtins.fetchTree "file+https://h/file").narHash`, eval.Options{}, `"sha256-5wn2xiN7EfkiP7m1tx8ZlfoL6ig/uMMmSt6M9orR4/w="`},

		{"wrong hash", `builtins.fetchurl { url = "https://h/file"; sha256 = "` + noHash.String() + `"; }`, eval.Options{},
			"hash mismatch in file downloaded from 'https://h/file':\n  specified: sha256:" + noHash.Text(nixhash.Nix32) + "\n  got:       sha256:" + textHash.Text(nixhash.Nix32)},
		{"wrong tree", `builtins.fetchTree { type = "tarball"; url = "https://h/t.tar"; narHash = "` + noHash.String() + `"; }`, eval.Options{}, "NAR hash mismatch in input 'https://h/t.tar"},
		{"none", `fetchTarball "https://h/none"`, eval.Options{}, "unable to download 'https://h/none': HTTP error 404"},
		{"no archive", `fetchTarball "https://h/file"`, eval.Options{}, "cannot unpack 'https://h/file': Failed to open archive (Unrecognized archive format)"},

		{"pure", `fetchTarball "https://h/t.tar"`, eval.Options{Pure: true}, "in pure evaluation mode, 'fetchTarball' requires a 'sha256' argument"},
		{"pure, with a hash", `(import (fetchTarball { url = "https://h/t.tar"; sha256 = "` + fetchedHash + `"; })).x`, eval.Options{Pure: true}, "1"},
		{"pure, a revision", `(import (builtins.fetchTree "github:o/r/` + fetchedRev + `")).x`, eval.Options{Pure: true}, "1"},
		{"pure, a pinned file of the world", `builtins.readFile (builtins.fetchurl { url = "file:///f"; sha256 = "` + textHash.String() + `"; })`, eval.Options{Pure: true, FS: files}, `"text"`},
		{"pure, a file of the world", `builtins.readFile /f`, eval.Options{Pure: true, FS: files, Allowed: []string{}}, "access to absolute path '/f' is forbidden"},
		{"pure, a pinned folder", `builtins.readFile "${builtins.fetchTree { type = "path"; path = "/d"; narHash = "sha256-XAiWoLAgZxEN5q3mvW8pWm8mxmI93j8E9Sd3sOasU9Y="; }}/f"`, eval.Options{Pure: true, FS: files, Allowed: []string{}}, `"text"`},
		{"restricted, a file of the world", `builtins.fetchurl "file:///f"`, eval.Options{FS: files, Allowed: []string{}}, "access to absolute path '/f' is forbidden"},
		{"pure, a branch", `builtins.fetchTree "github:o/r"`, eval.Options{Pure: true}, "in pure evaluation mode, 'fetchTree' doesn't fetch unlocked input 'github:o/r'"},
		{"restricted", `fetchTarball "https://h/t.tar"`, eval.Options{Allowed: []string{}}, "access to URI 'https://h/t.tar' is forbidden in restricted mode"},
		{"allowed", `(import (fetchTarball "https://h/t.tar")).x`, eval.Options{Allowed: []string{}, AllowedURIs: []string{"https://h/"}}, "1"},
	} {
		for _, keeps := range []bool{false, true} {
			opt := tt.opt
			opt.Fetch, opt.Features = fetcher, []string{"flakes", "fetch-tree"}
			if keeps {
				opt.Store = eval.Memory("")
			}
			ev, err := eval.New(opt)
			require.NoError(t, err)
			v, err := ev.EvalString(t.Context(), tt.source)
			var out bytes.Buffer
			if err == nil {
				err = v.Print(t.Context(), &out, eval.PrintOptions{Strict: true})
			}
			got := out.String()
			if err != nil {
				got = err.Error()
			}
			assert.Contains(t, got, tt.want, "%s, in a store that keeps things: %v", tt.name, keeps)
		}
	}
	// Without the capability.
	ev, err := eval.New(eval.Options{})
	require.NoError(t, err)
	_, err = ev.EvalString(t.Context(), `fetchTarball "https://h/t.tar"`)
	assert.ErrorContains(t, err, "cannot fetch 'https://h/t.tar': fetching is not supported here")
}

// TestFetchClosure copies from a binary cache: what its contents name, what a key signed, and what gets
// another name.
func TestFetchClosure(t *testing.T) {
	files := world.FromFS(fstest.MapFS{"a": {Data: []byte("text")}}, nil)
	plain := memory.New(store.Dummy(""))
	named, _, err := plain.Add(t.Context(), store.Source{Name: "named", Method: storepath.NAR, Host: files, Path: "/"})
	require.NoError(t, err)
	// An object that was built: it refers to itself, and to another one.
	const dep, top = "/nix/store/1111111111111111111111111111111a-dep", "/nix/store/2222222222222222222222222222222b-top"
	secret, err := storesig.GenerateKey("k", rand.Reader)
	require.NoError(t, err)
	signed := memory.New(store.Dummy(""))
	add := func(path, text string, refs ...string) {
		var archive bytes.Buffer
		require.NoError(t, nar.Write(&archive, store.Files(t.Context(), world.FromFS(fstest.MapFS{"f": {Data: []byte(text)}}, nil)), "/f", nil))
		info := &store.PathInfo{Path: path, NARHash: nixhash.Sum(nixhash.SHA256, archive.Bytes()), NARSize: int64(archive.Len()), References: refs}
		require.NoError(t, plain.AddNAR(t.Context(), info, bytes.NewReader(archive.Bytes())))
		info.Signatures = []string{secret.Sign(info.Fingerprint())}
		require.NoError(t, signed.AddNAR(t.Context(), info, &archive))
	}
	add(dep, "dep")
	add(top, "top "+dep+" "+top, dep, top)
	// Computed by C++ Nix 2.34.8.
	const newDep, newTop = "/nix/store/az31knmcmkcvqp327ha4d0jxlpimbbi3-dep", "/nix/store/mi5jx01ky8fdnk7glww6pgkl15q532kb-top"

	open := func(_ context.Context, url string) (store.Store, storesig.Keys, error) {
		keys, err := storesig.ParseKeys(secret.Public().String())
		if url == "https://signed" {
			return signed, keys, err
		}
		return plain, keys, err
	}
	for _, tt := range []struct{ args, want string }{
		{`fromStore = "https://plain"; fromPath = "` + named + `";`, `{ a = "regular"; }`},
		{`fromStore = "https://plain"; fromPath = "` + named + `"; inputAddressed = true;`, "is not input-addressed, but 'inputAddressed' is set to 'true'"},
		{`fromStore = "https://plain"; fromPath = "` + top + `"; inputAddressed = true;`, "lacks a signature by a trusted key"},
		{`fromStore = "https://signed"; fromPath = "` + top + `"; inputAddressed = true;`, "top " + dep},
		{`fromStore = "https://signed"; fromPath = "` + top + `";`, "is input-addressed, but 'inputAddressed' is set to 'false' (default)"},
		{`fromStore = "https://plain"; fromPath = "` + top + `"; toPath = "";`, "yielded '" + newTop + "'\nUse this value for the 'toPath' attribute"},
		{`fromStore = "https://plain"; fromPath = "` + top + `"; toPath = "` + newTop + `";`, "top " + newDep + " " + newTop},
		{`fromStore = "https://plain"; fromPath = "` + top + `"; toPath = "` + newDep + `";`, "while '" + newDep + "' was expected"},
		{`fromStore = "https://plain"; fromPath = "/nix/store/00000000000000000000000000000000-x";`, "path '/nix/store/00000000000000000000000000000000-x' is not valid"},
	} {
		for _, keeps := range []bool{false, true} {
			opt := eval.Options{OpenCache: open, Features: []string{"fetch-closure"}}
			if keeps {
				opt.Store = eval.Memory("")
			}
			ev, err := eval.New(opt)
			require.NoError(t, err)
			v, err := ev.EvalString(t.Context(), `let p = builtins.fetchClosure { `+tt.args+` };
				in if builtins.readFileType p == "directory" then builtins.readDir p else builtins.readFile p`)
			got := ""
			if err != nil {
				got = err.Error()
			} else {
				var out bytes.Buffer
				require.NoError(t, v.Print(t.Context(), &out, eval.PrintOptions{Strict: true}))
				got = out.String()
			}
			assert.Contains(t, got, tt.want, "%s, in a store that keeps things: %v", tt.args, keeps)
		}
	}
	ev, err := eval.New(eval.Options{Features: []string{"fetch-closure"}})
	require.NoError(t, err)
	_, err = ev.EvalString(t.Context(), `builtins.fetchClosure { fromStore = "https://plain"; fromPath = "`+named+`"; }`)
	assert.ErrorContains(t, err, "cannot fetch 'https://plain': fetching is not supported here")
}

// Programs may fetch if the options say so: here from a table of answers, elsewhere from
// servers, with package web.
func ExampleOptions_fetch() {
	web := fetchtest.New(map[string]fetchtest.Answer{"https://example.org/hello": {Body: "Hello!"}})
	ev, err := eval.New(eval.Options{Fetch: fetch.New(fetch.Options{HTTP: web})})
	if err != nil {
		panic(err)
	}
	v, err := ev.EvalString(ctx, `builtins.readFile (builtins.fetchurl "https://example.org/hello")`)
	if err != nil {
		panic(err)
	}
	fmt.Println(v)
	// Output: "Hello!"
}

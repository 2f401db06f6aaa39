package builtins_test

import (
	"bytes"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval"
)

// flakeFiles are flakes that need each other.
var flakeFiles = fstest.MapFS{
	"a/flake.nix": &fstest.MapFile{Data: []byte(`{
  inputs = { b.url = "path:/b"; sub.url = "./sub"; me.follows = ""; raw = { url = "path:/b"; flake = false; }; };
  inputs.sub.inputs.b.follows = "b";
  outputs = { self, b, sub, me, raw }: {
    v = b.v + sub.v;
    file = builtins.readFile (raw + "/data");
    names = builtins.attrNames self;
    inputNames = builtins.attrNames me.inputs;
    same = self.outPath + "/sub" == sub.outPath;
    bad = throw "bad";
  };
}`)},
	"a/sub/flake.nix": &fstest.MapFile{Data: []byte(`{ inputs.b.url = "b"; outputs = { self, b }: { v = "sub-" + b.v; }; }`)},
	"b/flake.nix":     &fstest.MapFile{Data: []byte(`{ outputs = _: { v = "b"; }; }`)},
	"b/data":          &fstest.MapFile{Data: []byte("text")},
	"c/flake.nix":     &fstest.MapFile{Data: []byte(`{ inputs.x.url = 1; outputs = _: { }; }`)},
	"d/flake.nix":     &fstest.MapFile{Data: []byte(`{ inputs.x.url = "path:/nope"; outputs = _: { }; }`)},
	"e/flake.lock":    &fstest.MapFile{Data: []byte(`{}`)},
	"e/flake.nix":     &fstest.MapFile{Data: []byte(`{ outputs = _: { }; }`)},
}

func TestGetFlake(t *testing.T) {
	var warnings bytes.Buffer
	ev, err := eval.New(eval.Options{FS: flakeFiles, Features: []string{"flakes"}, Messages: &warnings})
	require.NoError(t, err)
	for _, c := range []struct{ expr, want string }{
		{`(builtins.getFlake "path:/a").v`, `"bsub-b"`},
		{`(builtins.getFlake "path:/a").outputs.file`, `"text"`},
		{`(builtins.getFlake "path:/a").names`,
			`["_type","bad","file","inputNames","inputs","lastModified","lastModifiedDate","names","narHash","outPath","outputs","same","sourceInfo","v"]`},
		{`(builtins.getFlake "path:/a").inputNames`, `["b","me","raw","sub"]`},
		{`(builtins.getFlake "path:/a").same`, `true`},
		{`builtins.attrNames (builtins.getFlake "path:/a").inputs.raw`, `["lastModified","lastModifiedDate","narHash","outPath","sourceInfo"]`},
		{`(builtins.getFlake "path:/a?dir=sub").inputs.b.v`, `cannot find flake 'flake:b' in the flake registries`},
		{`builtins.getFlake "path:/c"`, `expected a string or a path but got an integer at /nix/store/amh3dzgd11pqrg79b5nzgf0gihzn40bs-source/flake.nix:1:3`},
		{`builtins.getFlake "path:/d"`, `path '//nope' does not exist`},
		{`builtins.getFlake "path:/e"`, `lock file '/nix/store/x6if502y1smbc5hpfkcgixrf14df7d4a-source/flake.lock' has unsupported version 0`},
		{`builtins.getFlake "path:/b?dir=x"`, `path '/nix/store/5d6p7il5zk73m85iysh7b17c2s8hndnc-source/x/flake.nix' does not exist`},
		{`builtins.getFlake "nixpkgs"`, `cannot find flake 'flake:nixpkgs' in the flake registries`},
	} {
		v, err := ev.EvalString(t.Context(), c.expr)
		var got []byte
		if err == nil {
			got, err = v.JSON(t.Context())
		}
		if err != nil {
			assert.ErrorContains(t, err, c.want, c.expr)
		} else {
			assert.Equal(t, c.want, string(got), c.expr)
		}
	}
	assert.Contains(t, warnings.String(), "warning: not writing modified lock file of flake 'path:/a':\n• Added input 'b':\n    'path:/b?lastModified=0&narHash=")
}

package drv

// This file defines the tests against derivations that the reference wrote.

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

const dir = storepath.DefaultDir

// A recorded derivation.
type recorded struct {
	path, name, text string
}

// readRecorded returns the recorded derivations and their texts by path.
func readRecorded(t testing.TB) ([]recorded, map[string]string) {
	data, err := os.ReadFile("testdata/derivations.txtar")
	require.NoError(t, err)
	var list []recorded
	texts := make(map[string]string)
	for _, f := range txtar.Parse(data).Files {
		p, err := dir.Parse(f.Name)
		if err != nil {
			continue // cases.nix
		}
		name, err := p.DrvName()
		require.NoError(t, err)
		text := strings.TrimSuffix(string(f.Data), "\n")
		list = append(list, recorded{f.Name, name, text})
		texts[f.Name] = text
	}
	require.Greater(t, len(list), 40)
	return list, texts
}

// A reader looks up Modulos as an evaluator with a store does: memo first, then the .drv file.
type reader struct {
	texts map[string]string
	memo  map[string]*Modulo
}

func (r *reader) lookup(path string) (*Modulo, error) {
	if m := r.memo[path]; m != nil {
		return m, nil
	}
	text, ok := r.texts[path]
	if !ok {
		return nil, fmt.Errorf("path '%s' is not valid", path)
	}
	d, err := ParseFile(dir, path, text)
	if err != nil {
		return nil, err
	}
	m, err := d.Modulo(r.lookup)
	r.memo[path] = m
	return m, err
}

// unfill takes away from a derivation what FillOutputs finds out.
func unfill(d *Derivation) {
	for i := range d.Outputs {
		o := &d.Outputs[i]
		o.Path = ""
		if o.Kind == InputAddressed {
			o.Kind = Deferred
		}
		d.SetEnv(o.Name, "")
	}
}

func TestRecorded(t *testing.T) {
	list, texts := readRecorded(t)
	r := &reader{texts, map[string]*Modulo{}}
	for _, rec := range list {
		t.Run(rec.path[len(dir)+1:], func(t *testing.T) {
			d, err := Parse(dir, rec.name, rec.text)
			require.NoError(t, err)
			require.Equal(t, rec.text, string(d.AppendATerm(nil)))
			path, err := d.Path(dir)
			require.NoError(t, err)
			require.Equal(t, rec.path, path)
			want, err := d.Modulo(r.lookup)
			require.NoError(t, err)

			// What was filled in is right, and is found again.
			require.NoError(t, d.FillOutputs(dir, r.lookup))
			require.Equal(t, rec.text, string(d.AppendATerm(nil)))
			unfill(d)
			path, m, err := d.Instantiate(dir, r.lookup)
			require.NoError(t, err)
			assert.Equal(t, rec.text, string(d.AppendATerm(nil)))
			assert.Equal(t, rec.path, path)
			assert.Equal(t, want, m)
		})
	}
}

// Inputs that are made differently but have the same hash modulo are one input, so these derivations have equal outputs.
func TestMergedInputs(t *testing.T) {
	list, _ := readRecorded(t)
	outputs := map[string][]string{}
	for _, rec := range list {
		d, err := Parse(dir, rec.name, rec.text)
		require.NoError(t, err)
		for _, o := range d.Outputs {
			outputs[rec.name+"!"+o.Name] = append(outputs[rec.name+"!"+o.Name], o.Path)
		}
	}
	for _, key := range []string{"same!out", "uses!out", "uses!doc"} {
		require.Len(t, outputs[key], 2, key)
		assert.Equal(t, outputs[key][0], outputs[key][1], key)
	}
}

// The case of NixOS/nix#16307: a later version computed other paths for it.
func TestMergedOutputs(t *testing.T) {
	memo := map[string]*Modulo{}
	lookup := func(path string) (*Modulo, error) { return memo[path], nil }
	// instantiate returns the paths of the .drv file and of its outputs, by name.
	instantiate := func(name string, env []EnvVar, inputs [][2]string, outputs ...Output) (string, map[string]string) {
		d := &Derivation{Name: name, System: "x86_64-linux"}
		for _, v := range append(env, EnvVar{"name", name}, EnvVar{"system", d.System}) {
			d.SetEnv(v.Name, v.Value)
		}
		d.Builder, _ = d.LookupEnv("builder")
		for _, in := range inputs {
			d.AddInput(in[0], in[1])
		}
		for _, o := range outputs {
			d.SetOutput(o)
		}
		path, m, err := d.Instantiate(dir, lookup)
		require.NoError(t, err)
		memo[path] = m
		paths := map[string]string{}
		for _, o := range d.Outputs {
			paths[o.Name] = o.Path
		}
		return path, paths
	}

	const digest = "sha256-Q3QXOoy+iN4VK2CflvRulYvPZXYgF0dO7FoF7CvWFTA="
	sum, err := nixhash.Parse(digest, 0)
	require.NoError(t, err)
	var drvs []string
	var outs []map[string]string
	for _, builder := range []string{"/bin/first", "/bin/second"} {
		source, sourceOuts := instantiate("source", []EnvVar{{"builder", builder}, {"outputHash", digest}}, nil,
			Output{Name: "out", Kind: Fixed, Hash: sum})
		path, paths := instantiate("intermediate",
			[]EnvVar{{"builder", "/bin/intermediate"}, {"outputs", "out dev"}, {"source", sourceOuts["out"]}},
			[][2]string{{source, "out"}}, Output{Name: "out"}, Output{Name: "dev"})
		drvs, outs = append(drvs, path), append(outs, paths)
	}
	path, paths := instantiate("parent",
		[]EnvVar{{"builder", "/bin/parent"}, {"first", outs[0]["out"]}, {"second", outs[1]["dev"]}},
		[][2]string{{drvs[0], "out"}, {drvs[1], "dev"}}, Output{Name: "out"})
	assert.Equal(t, "/nix/store/d01m0qw8iip9vl3784mh9gkfcpiqwxcf-parent.drv", path)
	assert.Equal(t, "/nix/store/51g3wv04im15m57f0s51x7g333kvyhmh-parent", paths["out"])
}

func TestFill(t *testing.T) {
	none := func(string) (*Modulo, error) { return nil, fmt.Errorf("no inputs") }
	sum := nixhash.Sum(nixhash.SHA256, nil)
	for _, test := range []struct {
		name    string
		outputs []Output
		env     []EnvVar
		want    string
	}{
		{"no outputs", nil, nil, "must have at least one output"},
		{"mixed", []Output{{Name: "a"}, {Name: "b", Kind: Impure}}, nil, "can't mix derivation output types"},
		{"two fixed", []Output{{Name: "out", Kind: Fixed}, {Name: "out2", Kind: Fixed}}, nil, "only one fixed output is allowed for now"},
		{"fixed dev", []Output{{Name: "dev", Kind: Fixed}}, nil, `single fixed output must be named "out"`},
		{"two algos", []Output{{Name: "a", Kind: Floating, Algo: nixhash.SHA1}, {Name: "b", Kind: Floating, Algo: nixhash.MD5}}, nil,
			"all floating outputs must use the same hash algorithm"},
		{"wrong variable", []Output{{Name: "out", Kind: Fixed, Hash: sum}}, []EnvVar{{"out", "x"}},
			"derivation has incorrect environment variable 'out', should be '/nix/store/fv16lcs3lf0l78jdd486kp1p9rp2nniz-a' but is actually 'x'"},
		{"wrong path", []Output{{Name: "out", Kind: InputAddressed, Path: "/nix/store/8vdm47wyxrmcrzjsxa69b9vz15psxs8a-a"}}, []EnvVar{{"out", ""}},
			"derivation has incorrect output '/nix/store/8vdm47wyxrmcrzjsxa69b9vz15psxs8a-a', should be '"},
	} {
		d := &Derivation{Name: "a", Outputs: test.outputs, Env: test.env}
		assert.ErrorContains(t, d.FillOutputs(dir, none), test.want, test.name)
	}

	d := &Derivation{Name: "a", Outputs: []Output{{Name: "out"}}}
	d.AddInput("/nix/store/8vdm47wyxrmcrzjsxa69b9vz15psxs8a-b.drv", "dev")
	assert.EqualError(t, d.FillOutputs(dir, none), "no inputs")
	assert.EqualError(t, d.FillOutputs(dir, func(string) (*Modulo, error) { return &Modulo{Outputs: []string{"out"}}, nil }),
		"no hash for output 'dev' of derivation 'a'")
	assert.ErrorContains(t, d.FillOutputs(dir, func(string) (*Modulo, error) { return nil, nil }), "is not known")
}

func TestFeatures(t *testing.T) {
	want := map[string][]string{
		"fixed-flat-blake3": {"blake3-hashes"}, "fixed-git-sha1": {"git-hashing"}, "fixed-text": {"dynamic-derivations"},
		"floating": {"ca-derivations"}, "impure": {"impure-derivations"}, "hello.drv": {"dynamic-derivations", "ca-derivations"},
		"dynamic": {"dynamic-derivations"}, "simple": nil, "deferred": nil,
	}
	list, _ := readRecorded(t)
	for _, rec := range list {
		d, err := Parse(dir, rec.name, rec.text)
		require.NoError(t, err)
		if features, ok := want[rec.name]; ok {
			assert.Equal(t, features, d.Features(), rec.name)
			delete(want, rec.name)
		}
	}
	assert.Empty(t, want, "not found")
}

func TestAdd(t *testing.T) {
	d := &Derivation{}
	for _, in := range []struct{ drv, output string }{{"b", "x"}, {"c", "y"}, {"b", "w"}, {"a", "z"}, {"b", "x"}} {
		d.AddInput(in.drv, in.output)
	}
	d.AddInput("b", "o", "v", "u")
	d.AddInput("b", "n", "v")
	assert.Equal(t, []InputDrv{
		{Drv: "a", Outputs: []string{"z"}},
		{Drv: "b", Outputs: []string{"w", "x"}, Dynamic: []InputDrv{
			{Drv: "v", Outputs: []string{"n"}, Dynamic: []InputDrv{{Drv: "u", Outputs: []string{"o"}}}},
		}},
		{Drv: "c", Outputs: []string{"y"}},
	}, d.InputDrvs)

	for _, s := range []string{"b", "a", "c", "b", "a"} {
		d.AddSource(s)
		d.SetEnv(s, s)
		d.SetOutput(Output{Name: s})
	}
	d.SetEnv("a", "new")
	assert.Equal(t, []string{"a", "b", "c"}, d.InputSrcs)
	assert.Equal(t, []EnvVar{{"a", "new"}, {"b", "b"}, {"c", "c"}}, d.Env)
	assert.Equal(t, []Output{{Name: "a"}, {Name: "b"}, {Name: "c"}}, d.Outputs)
	_, ok := d.LookupEnv("bb")
	assert.False(t, ok)
	assert.Nil(t, d.Output("d"))
}

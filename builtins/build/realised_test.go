package build

// This file tests builds of outputs whose paths follow from their contents.

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// unknown returns what stands for the output out of a derivation whose path is not known.
func (f *fixture) unknown(drvPath string) string {
	f.Helper()
	p, err := f.store.Dir().Parse(drvPath)
	require.NoError(f, err)
	placeholder, err := storepath.UnknownOutput(p, "out")
	require.NoError(f, err)
	return placeholder.Text()
}

// outputs builds a derivation, and returns the paths of its outputs.
func (f *fixture) outputs(drvPath string) map[string]string {
	f.Helper()
	report := f.try(Normal, drvPath)
	require.Nil(f, report.Results[0].Err, "%v\n%s", report.Results[0].Err, strings.Join(f.lines, "\n"))
	return report.Results[0].Outputs
}

func TestContentAddressed(t *testing.T) {
	f := newFixture(t, "ca-derivations")
	one := f.add(testDrv{name: "lib", script: "echo same > $out", floats: drv.Floating})
	two := f.add(testDrv{name: "lib", script: "echo same > $out # not quite", floats: drv.Floating})
	lib := f.outputs(one)["out"]
	assert.Equal(t, lib, f.outputs(two)["out"], "what is equal has one path")

	use := func(in string) string {
		return f.add(testDrv{name: "use", script: "echo $lib $self > $out", env: map[string]string{"lib": f.unknown(in)}, inputs: []string{in}})
	}
	first := f.outputs(use(one))["out"]
	assert.Equal(t, lib+"\n", f.read(first))
	f.events = nil
	assert.Equal(t, first, f.outputs(use(two))["out"])
	for _, e := range f.events {
		assert.NotContains(t, e, "building", "what is built of equal inputs is not built again")
	}
	require.Len(t, f.events, 1)
	assert.Contains(t, f.events[0], "resolved derivation: '"+use(two)+"' -> '")

	// What was built is known by each derivation that leads to it.
	for _, drvPath := range []string{one, two, use(one), use(two)} {
		known, err := store.OutputPaths(t.Context(), f.store, drvPath)
		require.NoError(t, err)
		assert.NotEmpty(t, known["out"])
	}
	info, err := f.store.Info(t.Context(), lib)
	require.NoError(t, err)
	assert.True(t, info.IsContentAddressed(f.store.Dir()))
	assert.Equal(t, one, info.Deriver)
	assert.True(t, info.Ultimate)
	f.clean()
}

func TestContentAddressedSelf(t *testing.T) {
	f := newFixture(t, "ca-derivations")
	drvPath := f.add(testDrv{name: "n", script: "mkdir $out; echo $out > $out/self; echo $out > $dev", outputs: []string{"dev"}, floats: drv.Floating})
	made := f.outputs(drvPath)
	assert.Equal(t, made["out"]+"\n", f.read(made["out"]+"/self"))
	assert.Equal(t, made["out"]+"\n", f.read(made["dev"]))
	info, err := f.store.Info(t.Context(), made["out"])
	require.NoError(t, err)
	assert.Equal(t, []string{made["out"]}, info.References)
	assert.True(t, info.IsContentAddressed(f.store.Dir()))
	faults, err := f.store.Keeper().Verify(t.Context(), store.Verification{Contents: true})
	require.NoError(t, err)
	assert.Empty(t, faults)
	require.Nil(t, f.try(Check, drvPath).Results[0].Err, "and once more it is the same")
	entries, err := filepath.Glob(f.store.RealDir() + "/*-n")
	require.NoError(t, err)
	assert.Len(t, entries, 1, "nothing is left of the second build")
}

func TestContentAddressedNeedsFeature(t *testing.T) {
	f := newFixture(t)
	drvPath := f.add(testDrv{name: "n", script: "echo > $out", floats: drv.Floating})
	report, err := New(f.opts).Realise(t.Context(), []Target{{Path: drvPath, Built: true}}, Normal)
	if err == nil {
		err = report.Err()
	}
	assert.EqualError(t, err, "experimental Nix feature 'ca-derivations' is disabled; add '--extra-experimental-features ca-derivations' to enable it")
}

func TestImpure(t *testing.T) {
	f := newFixture(t, "ca-derivations", "impure-derivations")
	knob := filepath.Join(t.TempDir(), "knob")
	write := func(text string) { require.NoError(t, os.WriteFile(knob, []byte(text), 0o644)) }
	impure := f.add(testDrv{name: "imp", script: "cat " + knob + " > $out", floats: drv.Impure})
	write("1")
	one := f.outputs(impure)["out"]
	write("2")
	two := f.outputs(impure)["out"]
	assert.Equal(t, "1", f.read(one))
	assert.Equal(t, "2", f.read(two), "it is built each time")
	known, err := store.OutputPaths(t.Context(), f.store, impure)
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"out": ""}, known, "and not remembered")

	also := f.add(testDrv{name: "also", script: "cat $in > $out", floats: drv.Impure, env: map[string]string{"in": f.unknown(impure)}, inputs: []string{impure}})
	assert.Equal(t, "2", f.read(f.outputs(also)["out"]))
	pure := f.add(testDrv{name: "pure", script: "cat $in > $out", env: map[string]string{"in": f.unknown(impure)}, inputs: []string{impure}})
	_, err = New(f.opts).Realise(t.Context(), []Target{{Path: pure, Built: true}}, Normal)
	assert.EqualError(t, err, "pure derivation '"+pure+"' depends on impure derivation '"+impure+"'")
	f.clean()
}

func TestDynamic(t *testing.T) {
	f := newFixture(t, "ca-derivations", "dynamic-derivations")
	inner := f.add(testDrv{name: "inner", script: "echo made > $out"})
	outer := f.store.Dir()
	made := drv.Derivation{Name: "inner.drv", System: "x86_64-linux", Builder: f.shell, Args: []string{"sh", "-c", "cat " + inner + " > $out"}}
	made.SetOutput(drv.Output{Name: "out", Kind: drv.Floating, Method: storepath.Text, Algo: 3})
	made.AddSource(inner)
	drvPath, _, err := made.Instantiate(outer, nil)
	require.NoError(t, err)
	_, err = f.store.AddText(t.Context(), store.Text{Name: "inner.drv.drv", Contents: string(made.AppendATerm(nil)), References: made.References()})
	require.NoError(t, err)
	report, err := New(f.opts).Realise(t.Context(), []Target{{Path: drvPath, Built: true, Via: []string{"out"}, Outputs: []string{"out"}}}, Normal)
	require.NoError(t, err)
	require.Nil(t, report.Results[0].Err)
	assert.Equal(t, "made\n", f.read(report.Results[0].Outputs["out"]))
	assert.Equal(t, drvPath+"^out^out", TargetName(report.Results[0].Target))
}

func TestRepair(t *testing.T) {
	f := newFixture(t)
	lib := f.add(testDrv{name: "lib", script: "mkdir $out; echo lib > $out/f"})
	app := f.add(testDrv{name: "app", script: "echo $lib $out > $out", env: map[string]string{"lib": f.outputOf(lib)}, inputs: []string{lib}})
	out := f.outputs(app)["out"]
	before := f.read(out)
	damage := func(file string) {
		require.NoError(t, os.Chmod(file, 0o644))
		require.NoError(t, os.WriteFile(file, []byte("damaged"), 0o644))
	}
	damage(out)
	f.events = nil
	require.Nil(t, f.try(Repair, app).Results[0].Err)
	assert.Equal(t, before, f.read(out))
	assert.Contains(t, f.events, "path '"+out+"' is corrupted or missing!")
	assert.Contains(t, f.events, "repairing outputs of '"+app+"'")

	damage(f.outputOf(lib) + "/f") // which is found although app itself is sound
	require.Nil(t, f.try(Repair, app).Results[0].Err)
	assert.Equal(t, "lib\n", f.read(f.outputOf(lib)+"/f"))

	require.NoError(t, os.Remove(out))
	require.Nil(t, f.try(Repair, app).Results[0].Err)
	assert.Equal(t, before, f.read(out))
	faults, err := f.store.Keeper().Verify(t.Context(), store.Verification{Contents: true})
	require.NoError(t, err)
	assert.Empty(t, faults)

	text := f.text("text", "x")
	damage(text)
	report, err := New(f.opts).Realise(t.Context(), []Target{{Path: text}}, Repair)
	require.NoError(t, err)
	assert.NotNil(t, report.Results[0].Err, "nothing makes it")
}

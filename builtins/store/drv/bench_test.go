package drv

// This file defines benchmarks on a graph like that of a NixOS machine: 2,000 derivations, each with 20 inputs and an
// environment of 8 kB.

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// makeGraph instantiates the graph and returns its derivations, not filled in, with the lookup they need.
func makeGraph(b *testing.B) ([]*Derivation, map[string]*Modulo) {
	script := strings.Repeat("if [ -n \"$foo\" ]; then\n\techo doing something with it >> $out/log\nfi\n", 60)
	memo := make(map[string]*Modulo)
	var paths []string
	var list []*Derivation
	for i := range 2000 {
		d := &Derivation{Name: fmt.Sprintf("package-%d-1.2.3", i), System: "x86_64-linux", Builder: "/bin/sh", Args: []string{"-e", "builder.sh"}}
		d.SetOutput(Output{Name: "out"})
		if i%3 == 0 {
			d.SetOutput(Output{Name: "dev"})
		}
		for j := max(0, i-40); j < i; j += 2 {
			d.AddInput(paths[j], "out")
		}
		for j := range 30 {
			d.SetEnv(fmt.Sprintf("variable%02d", j), strings.Repeat("/nix/store/00000000000000000000000000000000-some-package ", j%6))
		}
		d.SetEnv("buildPhase", fmt.Sprintf("# %d\n", i)+script)
		path, m, err := d.Instantiate(dir, func(path string) (*Modulo, error) { return memo[path], nil })
		require.NoError(b, err)
		memo[path] = m
		paths = append(paths, path)
		unfill(d)
		list = append(list, d)
	}
	return list, memo
}

// copyOf returns a derivation that can be filled in while d stays as it is.
func copyOf(d *Derivation) *Derivation {
	c := *d
	c.Outputs = append([]Output(nil), d.Outputs...)
	c.Env = append([]EnvVar(nil), d.Env...)
	return &c
}

func BenchmarkInstantiate(b *testing.B) {
	list, memo := makeGraph(b)
	lookup := func(path string) (*Modulo, error) { return memo[path], nil }
	size := 0
	for _, d := range list {
		size += len(d.AppendATerm(nil))
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, d := range list {
			if _, _, err := copyOf(d).Instantiate(dir, lookup); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkAppendATerm(b *testing.B) {
	list, _ := makeGraph(b)
	d := list[1000]
	buf := d.AppendATerm(nil)
	b.SetBytes(int64(len(buf)))
	b.ReportAllocs()
	for b.Loop() {
		buf = d.AppendATerm(buf[:0])
	}
}

func BenchmarkParse(b *testing.B) {
	list, _ := makeGraph(b)
	text := string(list[1000].AppendATerm(nil))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(dir, "x", text); err != nil {
			b.Fatal(err)
		}
	}
}

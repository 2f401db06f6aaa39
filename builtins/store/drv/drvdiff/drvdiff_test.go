package drvdiff

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store/drv"
)

// a set is derivations by their paths.
type set map[string]*drv.Derivation

func (s set) lookup(path string) (*drv.Derivation, error) {
	if d := s[path]; d != nil {
		return d, nil
	}
	return nil, fmt.Errorf("no derivation %s", path)
}

// at returns a store path whose hash part is one letter.
func at(letter, name string) string { return "/nix/store/" + strings.Repeat(letter, 32) + "-" + name }

// add adds a derivation with one output, whose hash part is a capital letter that no path has.
func (s set) add(letter, name string, change func(d *drv.Derivation)) string {
	d := &drv.Derivation{Name: name, System: "s", Builder: "/bin/sh", Outputs: []drv.Output{{Name: "out", Kind: drv.InputAddressed, Path: at("o"+letter, name)}}}
	d.SetEnv("name", name)
	if change != nil {
		change(d)
	}
	path := at(letter, name+".drv")
	s[path] = d
	return path
}

// describe returns the changes of a Diff, one on each line, inputs behind a space.
func describe(d *Diff) string {
	var b strings.Builder
	var walk func(d *Diff, indent string)
	walk = func(d *Diff, indent string) {
		fmt.Fprintf(&b, "%s%s seen=%v same=%v\n", indent, d.Name, d.Seen, d.SameOuts)
		for _, c := range d.Changes {
			text := func(s *string) string {
				if s == nil {
					return "-"
				}
				return *s
			}
			fmt.Fprintf(&b, "%s %s %s: %s | %s\n", indent, c.What, c.Name, text(c.Old), text(c.New))
		}
		for _, in := range d.Inputs {
			walk(in, indent+"  ")
		}
	}
	walk(d, "")
	return b.String()
}

func TestCompute(t *testing.T) {
	s := set{}
	leafA := s.add("a", "leaf-1", func(d *drv.Derivation) { d.Args = []string{"one"} })
	leafB := s.add("b", "leaf-2", func(d *drv.Derivation) { d.Args = []string{"two"} })
	use := func(leaf, out string) func(d *drv.Derivation) {
		return func(d *drv.Derivation) {
			d.AddInput(leaf, out)
			d.SetEnv("leaf", s[leaf].Outputs[0].Path+"/bin")
			d.SetEnv("self", d.Outputs[0].Path)
		}
	}
	midA, midB := s.add("c", "mid", use(leafA, "out")), s.add("d", "mid", use(leafB, "out"))
	topA := s.add("f", "top", func(d *drv.Derivation) {
		use(midA, "out")(d)
		d.AddInput(leafA, "out")
		d.AddSource(at("g", "src"))
		d.SetEnv("gone", "1")
	})
	topB := s.add("h", "top", func(d *drv.Derivation) {
		use(midB, "out")(d)
		d.AddInput(leafB, "dev")
		d.AddSource(at("i", "src"))
		d.AddSource(at("j", "more"))
		d.SetEnv("new", "2")
	})
	d, err := Compute(s.lookup, topA, topB)
	require.NoError(t, err)
	assert.Equal(t, `top seen=false same=false
 variable gone: 1 | -
 variable new: - | 2
 source src: /nix/store/gggggggggggggggggggggggggggggggg-src | /nix/store/iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii-src
 source more: - | /nix/store/jjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjj-more
 input leaf-2: out | dev
  leaf-2 seen=false same=false
   name : leaf-1 | leaf-2
   arguments : one | two
  mid seen=false same=false
    leaf-2 seen=true same=false
`, describe(d))
}

func TestComputeEqual(t *testing.T) {
	s := set{}
	a := s.add("a", "x", nil)
	d, err := Compute(s.lookup, a, a)
	require.NoError(t, err)
	assert.Equal(t, "x seen=false same=true\n", describe(d))
	_, err = Compute(s.lookup, a, at("z", "x.drv"))
	assert.EqualError(t, err, "no derivation "+at("z", "x.drv"))
}

// Structured attributes are compared one by one.
func TestAttributes(t *testing.T) {
	s := set{}
	a := s.add("a", "x", func(d *drv.Derivation) { d.SetEnv(drv.StructuredAttrs, `{"a":1,"b":[2],"c":3}`) })
	b := s.add("b", "x", func(d *drv.Derivation) { d.SetEnv(drv.StructuredAttrs, `{"a":1,"b":[4],"d":3}`) })
	d, err := Compute(s.lookup, a, b)
	require.NoError(t, err)
	assert.Equal(t, "x seen=false same=false\n attribute b: [2] | [4]\n attribute c: 3 | -\n attribute d: - | 3\n", describe(d))
}

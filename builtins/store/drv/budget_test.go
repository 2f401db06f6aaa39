package drv

// This file defines the tests of what is written and read in parts.

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/budget/budgettest"
)

// largeDerivations are derivations of which one part is large.
func largeDerivations() map[string]func() *Derivation {
	base := func() *Derivation {
		d := &Derivation{Name: "x", System: "s", Builder: "b"}
		d.SetOutput(Output{Name: "out"})
		return d
	}
	text := strings.Repeat("some \"text\"\n", 1<<15)
	store := func(i int) string { return fmt.Sprintf("%s/%032d-x", dir, i) }
	return map[string]func() *Derivation{
		"small": base,
		"value": func() *Derivation { d := base(); d.SetEnv("v", text); return d },
		"arg":   func() *Derivation { d := base(); d.Args = []string{text}; return d },
		"args": func() *Derivation {
			d := base()
			d.Args = strings.Split(text, "\n")
			return d
		},
		"variables": func() *Derivation {
			d := base()
			for i := range 1 << 13 {
				d.SetEnv(fmt.Sprintf("v%06d", i), "x")
			}
			return d
		},
		"outputs": func() *Derivation {
			d := base()
			for i := range 1 << 11 {
				d.SetOutput(Output{Name: fmt.Sprintf("o%06d", i)})
			}
			return d
		},
		"sources": func() *Derivation {
			d := base()
			for i := range 1 << 13 {
				d.AddSource(store(i))
			}
			return d
		},
		"inputs": func() *Derivation {
			d := base()
			for i := range 1 << 12 {
				d.AddInput(store(i)+".drv", "out")
				d.AddInput(store(i)+".drv", "dev")
			}
			return d
		},
	}
}

func lookupAny(path string) (*Modulo, error) {
	return &Modulo{Hash: path[len(dir)+1:][:32], Outputs: []string{"dev", "out"}}, nil
}

// TestParts compares with what is written in one piece.
func TestParts(t *testing.T) {
	for name, make := range largeDerivations() {
		t.Run(name, func(t *testing.T) {
			d, e := make(), make()
			assert.Equal(t, name != "small", d.isLarge())
			d.Budget = new(budgettest.Budget)
			path, m, err := d.Instantiate(dir, lookupAny)
			require.NoError(t, err)

			// The same, with the parts that small derivations are made of.
			s := getScratch()
			kind, err := e.Kind()
			require.NoError(t, err)
			require.NoError(t, e.fill(dir, lookupAny, kind, s))
			want, err := e.path(dir, s)
			require.NoError(t, err)
			wantModulo, err := e.modulo(lookupAny, kind, s)
			require.NoError(t, err)
			s.put()
			assert.Equal(t, want, path)
			assert.Equal(t, wantModulo, m)

			text, err := d.Text()
			require.NoError(t, err)
			assert.True(t, string(e.AppendATerm(nil)) == text)
			again, err := ParseWithin(new(budgettest.Budget), dir, "x", text)
			require.NoError(t, err)
			d.Budget = nil
			assert.Equal(t, d, again)
		})
	}
}

// TestStops shows that everything that can be large ends with the error of the
// budget, in the middle too.
func TestStops(t *testing.T) {
	for name, make := range largeDerivations() {
		if name == "small" {
			continue
		}
		for what, do := range map[string]func(d *Derivation, text string, b budget.Budget) error{
			"Instantiate": func(d *Derivation, text string, b budget.Budget) error {
				d.Budget = b
				_, _, err := d.Instantiate(dir, lookupAny)
				return err
			},
			"Text": func(d *Derivation, text string, b budget.Budget) error {
				d.Budget = b
				_, err := d.Text()
				return err
			},
			"Parse": func(d *Derivation, text string, b budget.Budget) error {
				_, err := ParseWithin(b, dir, "x", text)
				return err
			},
		} {
			t.Run(name+" "+what, func(t *testing.T) {
				text := string(make().AppendATerm(nil))
				var all budgettest.Budget
				require.NoError(t, do(make(), text, &all))
				require.Greater(t, all.Ticks, 1)
				for _, n := range []int{1, 2, all.Ticks / 2, all.Ticks} {
					b := budgettest.Budget{MaxTicks: max(n, 1)}
					assert.Equal(t, budgettest.ErrStop, do(make(), text, &b))
					assert.Equal(t, b.MaxTicks, b.Ticks, "nothing goes on")
				}
				if what != "Instantiate" {
					require.NotZero(t, all.Bytes)
					assert.Equal(t, budgettest.ErrFull, do(make(), text, &budgettest.Budget{MaxBytes: all.Bytes / 2}))
				}
			})
		}
	}
}

// TestLongString reads escapes around the length where strings are put together
// in another way.
func TestLongString(t *testing.T) {
	for _, unit := range []string{`\n`, `\"x`, `\\` + strings.Repeat("y", 1000)} {
		for n := longString/len(unit) - 3; n < longString/len(unit)*3; n += longString / len(unit) / 3 {
			d := &Derivation{Name: "x"}
			d.SetOutput(Output{Name: "out"})
			d.SetEnv("v", strings.NewReplacer(`\n`, "\n", `\"`, `"`, `\\`, `\`).Replace(strings.Repeat(unit, n)))
			text := string(d.AppendATerm(nil))
			got, err := Parse(dir, "x", text)
			require.NoError(t, err)
			assert.True(t, d.Env[0] == got.Env[0])
			_, err = Parse(dir, "x", text[:len(text)-5])
			assert.EqualError(t, err, "unterminated string in derivation")
		}
	}
}

// TestDeepInputs shows that a text cannot exhaust the stack.
func TestDeepInputs(t *testing.T) {
	const n = 1 << 20
	text := `DrvWithVersion("xp-dyn-drv",[],[("` + string(dir) + "/" + strings.Repeat("0", 32) + `-x.drv",` + strings.Repeat(`([],[("a",`, n)
	_, err := Parse(dir, "x", text)
	var form *FormatError
	require.ErrorAs(t, err, &form)
	assert.Contains(t, form.Msg, "nested too deeply")
}

func TestClearEnv(t *testing.T) {
	for _, n := range []int{0, 1, 3, 40} {
		d, e := &Derivation{}, &Derivation{}
		var names []string
		for i := range n {
			names = append(names, fmt.Sprintf("n%03d", 2*i))
		}
		for i := range 30 {
			d.SetEnv(fmt.Sprintf("n%03d", 3*i), "x")
			e.SetEnv(fmt.Sprintf("n%03d", 3*i), "x")
		}
		d.ClearEnv(names)
		for _, name := range names {
			e.SetEnv(name, "")
		}
		assert.Equal(t, e.Env, d.Env)
	}
}

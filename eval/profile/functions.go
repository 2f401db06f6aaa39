package profile

// This file defines the list of functions with their costs.

import (
	"cmp"
	"slices"
	"time"

	"github.com/firn-lang/firn/lang"
)

// A FunctionCost is what calls of a function or builtin cost by themselves, without what
// they called.
type FunctionCost struct {
	Name string        // as in pprof's form
	Def  lang.Position // where it is defined, or zero; of a file its path only
	Costs
	CPU time.Duration
}

// Functions returns what each function costs, the most expensive one first. What is under
// no call is there, as "evaluation".
func (p *Profile) Functions() []FunctionCost {
	b := pprofBuilder{functions: map[Frame]int32{}}
	var costs []sums
	p.each(func(s *Stack) {
		for i := range s.nodes {
			n := b.function(s.frames[s.nodes[i].frame])
			for int(n) >= len(costs) {
				costs = append(costs, sums{})
			}
			costs[n].add(s.nodes[i].sums())
		}
	})
	b.name()
	var out []FunctionCost
	for i, c := range costs {
		if c == (sums{}) {
			continue
		}
		f := FunctionCost{
			Name: b.names[i], Def: b.list[i].Def, CPU: time.Duration(c[3]),
			Costs: Costs{Calls: uint64(c[0]), Objects: uint64(c[1]), Bytes: uint64(c[2])},
		}
		if b.list[i].Kind == File {
			f.Def.File = b.list[i].Name
		}
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b FunctionCost) int {
		return cmp.Or(cmp.Compare(b.CPU, a.CPU), cmp.Compare(b.Bytes, a.Bytes), cmp.Compare(a.Name, b.Name))
	})
	return out
}

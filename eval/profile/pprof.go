package profile

// This file defines pprof's form of a profile: which samples there are.

import (
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/firn-lang/firn/lang"
)

// WritePprof writes the profile in the form of go tool pprof, compressed. Each sample
// has four numbers: calls, objects and bytes that were made ("objects" and "space"), and
// processor time ("cpu", which is shown unless another is asked for). A function is there
// once, wherever it was called from; its line is that where it is defined.
func (p *Profile) WritePprof(out io.Writer) error {
	b := pprofBuilder{functions: map[Frame]int32{}, children: map[int64]int32{}}
	p.each(b.add)
	b.name()
	return b.write(out, p)
}

// A pprofBuilder makes a profile of stacks.
type pprofBuilder struct {
	functions map[Frame]int32 // without where they were called
	list      []Frame
	names     []string
	samples   []sample        // those of outer calls first
	children  map[int64]int32 // by outer sample and function
}

// A sample is what a stack costs, if that is anything.
type sample struct {
	outer    int32 // the stack without the innermost call; -1 if that was all
	function int32
	costs    sums
}

// How stacks are cut: those that cost less than a smallPart of all, in each respect, with
// all that they call. They keep their innermost calls, and the outer ones down to the
// last that costs more.
const (
	smallPart     = 5000
	innermostKept = 6
)

// sums are the numbers of a sample.
type sums [4]int64

func (n *node) sums() sums {
	return sums{int64(n.cost.Calls), int64(n.cost.Objects), int64(n.cost.Bytes), n.cpu}
}

func (a *sums) add(b sums) {
	for i := range a {
		a[i] += b[i]
	}
}

// add adds the nodes of s.
func (b *pprofBuilder) add(s *Stack) {
	functions := make([]int32, len(s.frames))
	for i, f := range s.frames {
		functions[i] = b.function(f)
	}
	// What each costs with all that it calls; children come after their parents.
	total := make([]sums, len(s.nodes))
	for i := len(s.nodes) - 1; i >= 0; i-- {
		total[i].add(s.nodes[i].sums())
		if i > 0 {
			total[s.nodes[i].parent].add(total[i])
		}
	}
	large := func(i int32) bool {
		for k, n := range total[i] {
			if n > 0 && n >= total[0][k]/smallPart {
				return true
			}
		}
		return false
	}
	cut := b.function(Frame{Kind: Cut})
	kept := make([]int32, len(s.nodes)) // the innermost node on the way to it that is large
	at := make([]int32, len(s.nodes))   // of large nodes, the sample
	// Which functions are in the stack of a large node, and of which one.
	outer, outerOf := make([]int32, len(b.list)), int32(-1)
	for i := range int32(len(s.nodes)) {
		n := &s.nodes[i]
		switch {
		case i == 0:
			at[0] = b.sample(-1, functions[n.frame])
		case kept[n.parent] == n.parent && large(i):
			kept[i] = i
			at[i] = b.sample(at[n.parent], functions[n.frame])
		default:
			kept[i] = kept[n.parent]
		}
		costs := n.sums()
		if costs == (sums{}) {
			continue
		}
		var inner [innermostKept]int32
		k, up := 0, i
		for ; up != kept[i] && k < len(inner); up = s.nodes[up].parent {
			inner[k] = functions[s.nodes[up].frame]
			k++
		}
		to := at[kept[i]]
		if up != kept[i] {
			if outerOf != to {
				outerOf = to
				for n := to; n >= 0; n = b.samples[n].outer {
					outer[b.samples[n].function] = to + 1
				}
			}
			// What is missing is told unless all of it is elsewhere in the stack.
			for ; up != kept[i]; up = s.nodes[up].parent {
				if fn := functions[s.nodes[up].frame]; outer[fn] != to+1 && !slices.Contains(inner[:k], fn) {
					to = b.sample(to, cut)
					break
				}
			}
		}
		for ; k > 0; k-- {
			to = b.sample(to, inner[k-1])
		}
		b.samples[to].costs.add(costs)
	}
}

// function returns the number of the function that f is.
func (b *pprofBuilder) function(f Frame) int32 {
	f.Call = lang.Position{}
	n, ok := b.functions[f]
	if !ok {
		n = int32(len(b.list))
		b.functions[f] = n
		b.list = append(b.list, f)
	}
	return n
}

// sample returns the sample of a stack and one call more, of a function.
func (b *pprofBuilder) sample(outer, function int32) int32 {
	key := int64(outer)<<32 | int64(function)
	n, ok := b.children[key]
	if !ok {
		n = int32(len(b.samples))
		b.samples = append(b.samples, sample{outer: outer, function: function})
		b.children[key] = n
	}
	return n
}

// name names the functions: by name and place, so that those of one name can be told
// apart where only names are shown.
func (b *pprofBuilder) name() {
	forms := []struct {
		place func(lang.Position) string
		file  func(string) string
	}{
		{func(p lang.Position) string { return fmt.Sprintf("%s:%d", shortPath(p.File), p.Line) }, shortPath},
		{func(p lang.Position) string { return fmt.Sprintf("%s:%d:%d", shortPath(p.File), p.Line, p.Column) }, shortPath},
		{lang.Position.String, func(p string) string { return p }},
	}
	b.names = make([]string, len(b.list))
	for i, form := range forms {
		used := map[string]int{}
		for _, name := range b.names {
			used[name]++
		}
		for k, name := range b.names {
			if i == 0 || used[name] > 1 {
				b.names[k] = b.list[k].named(form.place, form.file)
			}
		}
	}
}

// named names f; place and file say how.
func (f *Frame) named(place func(lang.Position) string, file func(string) string) string {
	name := f.Name
	switch f.Kind {
	case Evaluation:
		return "evaluation"
	case Cut:
		return cutName
	case File:
		return "import " + file(f.Name)
	case Builtin:
		if f.About != "" {
			return "derivation " + f.About
		}
		return "builtins." + f.Name
	case Functor:
		name = "__functor"
	case Unknown:
		name = "unknown"
	default:
		if name == "" {
			name = "lambda"
		}
	}
	if f.Def == (lang.Position{}) {
		return name
	}
	return name + " " + place(f.Def)
}

// shortPath returns the last two parts of a path.
func shortPath(p string) string {
	dir, base := path.Split(p)
	dir = path.Base(strings.TrimSuffix(dir, "/"))
	if dir == "." || dir == "/" {
		return base
	}
	return dir + "/" + base
}

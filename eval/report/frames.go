package report

// This file defines how frames are put together: calls with their functions, and
// groups that repeat.

import (
	"fmt"

	"github.com/firn-lang/firn/eval/core"
)

// frames returns the frames of an error, innermost first. The evaluator records a call as two
// frames, as the reference prints it: "from call site" belongs to the function before it.
// Frames without text only carry a place, and are left out.
func (r *reporter) frames(list []core.Frame) []Frame {
	var out []Frame
	for i := 0; i < len(list); i++ {
		text := list[i].Text()
		if text == "" {
			continue
		}
		f := Frame{Text: text, Context: list[i].Kind == core.StepContext, Repeat: 1, kind: list[i].Kind, name: list[i].Name()}
		what := lookAny
		switch f.kind {
		case core.StepFunction:
			what = lookLambda
			if i+1 < len(list) && list[i+1].Kind == core.StepCallSite {
				// One step for a reader: the call, and the function that it is of.
				f.Definition = r.framePlace(list[i], lookLambda)
				i++
				what = lookCall
			}
		case core.StepCallSite, core.StepBuiltin:
			what = lookCall
		case core.StepAttribute:
			what = lookBinding
		case core.StepCondition:
			what = lookAssert
		case core.StepSelection:
			what = lookSelect
		}
		if f.Place = r.framePlace(list[i], what); f.Place != nil {
			f.Origin = f.Place.Origin
		}
		out = append(out, f)
	}
	return fold(out)
}

// framePlace is place, remembered: a trace of 10,000 calls has a handful of places, and each
// of them costs a walk over the tree of the text.
func (r *reporter) framePlace(f core.Frame, what look) *Place {
	if f.Pos == 0 {
		return nil
	}
	key := placeKey{uint32(f.Pos), what}
	if r.places == nil {
		r.places = map[placeKey]*Place{}
	}
	p, ok := r.places[key]
	if !ok {
		p = r.place(f.Pos, what)
		r.places[key] = p
	}
	return p
}

// A placeKey identifies a place of a frame.
type placeKey struct {
	pos  uint32 // of the error's FileSet
	what look   // the same byte may start a call and a selection
}

// maxGroup is how many frames there may be in a group that repeats. Mutual recursion of more
// functions than this is rare, and the search costs as much as the bound.
const maxGroup = 256

// fold puts frames that repeat into groups. Frames are the same if their text and place are.
// The shortest group that repeats counts, so that a b a b a b is ab three times.
func fold(list []Frame) []Frame {
	keys := make([]string, len(list))
	ids := map[string]int{}
	id := make([]int, len(list))
	for i, f := range list {
		keys[i] = f.Text
		if f.Place != nil {
			keys[i] += fmt.Sprintf(" %s:%d:%d", f.Place.File, f.Place.Line, f.Place.Column)
		}
		n, ok := ids[keys[i]]
		if !ok {
			n = len(ids)
			ids[keys[i]] = n
		}
		id[i] = n
	}
	// times returns how often the n frames at i come in a row.
	times := func(i, n int) int {
		k := i + n
		for k < len(id) && id[k] == id[k-n] {
			k++
		}
		return (k - i) / n
	}
	var out []Frame
	for i := 0; i < len(list); {
		group, repeat := 1, 1
		for n := 1; n <= maxGroup && i+2*n <= len(list); n++ {
			if t := times(i, n); t > 2 && t*n > repeat*group || n == 1 && t == 2 {
				group, repeat = n, t
				break
			}
		}
		f := list[i]
		if group > 1 {
			f = Frame{Group: append([]Frame(nil), list[i:i+group]...)}
		}
		f.Repeat = repeat
		out = append(out, f)
		i += group * repeat
	}
	return out
}

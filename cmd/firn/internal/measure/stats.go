package measure

// This file defines statistics: as a table, and with the reference's keys.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"runtime/metrics"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/profile"
)

// Sizes of what values consist of, in bytes. Strings, lists and sets are as long as
// need be.
const (
	wordSize    = 8 // a header; a thunk, a function, a number
	attrSize    = 8 // an attribute: a symbol and a reference
	setSize     = 16
	elementSize = 4 // an element or a variable: a reference
)

// report is the statistics in the reference's form. Next to each number is what it
// means here; what is said to be the reference's is the same number for the same program.
type report struct {
	CPUTime float64 `json:"cpuTime"` // seconds of the process, without those of the system
	Envs    struct {
		Bytes    uint64 `json:"bytes"`
		Elements uint64 `json:"elements"` // their variables
		Number   uint64 `json:"number"`   // without those that were used again
	} `json:"envs"`
	Functions []functionCount `json:"functions,omitempty"` // with NIX_COUNT_CALLS: the reference's
	GC        struct {
		Cycles     uint64 `json:"cycles"`     // collections of values, and of Go's heap
		HeapSize   uint64 `json:"heapSize"`   // bytes of values in use
		TotalBytes uint64 `json:"totalBytes"` // bytes of values that were made
	} `json:"gc"`
	List struct {
		Bytes    uint64 `json:"bytes"`
		Concats  uint64 `json:"concats"` // the reference's
		Elements uint64 `json:"elements"`
	} `json:"list"`
	Avoided       uint64            `json:"nrAvoided"`              // values and variables that were delayed without a thunk
	Expressions   uint64            `json:"nrExprs"`                // in the texts that were parsed
	Calls         uint64            `json:"nrFunctionCalls"`        // the reference's
	Selects       uint64            `json:"nrLookups"`              // the reference's, but for parts of values that == need not look at
	UpdatesCopied uint64            `json:"nrOpUpdateValuesCopied"` // less than in the reference: more sets are layers
	Updates       uint64            `json:"nrOpUpdates"`            // the reference's
	BuiltinCalls  uint64            `json:"nrPrimOpCalls"`          // the reference's
	Thunks        uint64            `json:"nrThunks"`               // of expressions, without closures; fewer than in the reference
	Builtins      map[string]uint64 `json:"primops,omitempty"`      // with NIX_COUNT_CALLS: the reference's
	Sets          struct {
		Bytes    uint64 `json:"bytes"`
		Elements uint64 `json:"elements"` // attributes, without those of layers below
		Number   uint64 `json:"number"`
	} `json:"sets"`
	Sizes struct {
		Attr     int `json:"Attr"`
		Bindings int `json:"Bindings"`
		Env      int `json:"Env"`
		Value    int `json:"Value"`
	} `json:"sizes"`
	Symbols any `json:"symbols"` // bytes and number; with NIX_SHOW_SYMBOLS all of them
	Time    struct {
		CPU        float64 `json:"cpu"`
		GC         float64 `json:"gc"` // seconds, of both kinds of collections
		GCFraction float64 `json:"gcFraction"`
	} `json:"time"`
	Values struct {
		Bytes  uint64 `json:"bytes"`
		Number uint64 `json:"number"` // thunks, functions, numbers, strings, paths
	} `json:"values"`
}

type functionCount struct {
	Column int     `json:"column"`
	Count  uint64  `json:"count"`
	File   string  `json:"file,omitempty"` // none for what is in no file
	Line   int     `json:"line"`
	Name   *string `json:"name"`
}

type symbolCount struct {
	Bytes  int `json:"bytes"`
	Number int `json:"number"`
}

func (s *Session) writeJSON(ev *eval.Evaluator, out io.Writer) error {
	st := ev.Stats()
	c := &st.Counts
	var r report
	r.CPUTime = profile.UserTime().Seconds()
	r.Time.CPU = r.CPUTime
	cycles, gc := goCollections()
	r.Time.GC = (gc + st.Pause).Seconds()
	if r.CPUTime > 0 {
		r.Time.GCFraction = r.Time.GC / r.CPUTime
	}
	r.Envs.Number, r.Envs.Elements = c.Envs, c.Variables
	r.Envs.Bytes = r.Envs.Number*wordSize + r.Envs.Elements*elementSize
	r.List.Elements, r.List.Concats = c.Elements, c.Concats
	r.List.Bytes = c.Lists*wordSize + r.List.Elements*elementSize
	r.Sets.Number, r.Sets.Elements = c.Sets, c.Attributes
	r.Sets.Bytes = r.Sets.Number*setSize + r.Sets.Elements*attrSize
	r.Values.Number = c.Objects - c.Envs - c.Lists - c.Sets
	r.Values.Bytes = c.Bytes - min(c.Bytes, r.Envs.Bytes+r.List.Bytes+r.Sets.Bytes)
	r.GC.Cycles, r.GC.HeapSize, r.GC.TotalBytes = cycles+uint64(st.Collections), st.HeapUsed, c.Bytes
	r.Avoided, r.Expressions, r.Thunks = c.Avoided, c.Expressions, c.Thunks
	r.Calls, r.BuiltinCalls, r.Selects = c.Calls, c.BuiltinCalls, c.Selects
	r.Updates, r.UpdatesCopied = c.Updates, c.Copied
	r.Sizes.Attr, r.Sizes.Bindings, r.Sizes.Env, r.Sizes.Value = attrSize, setSize, wordSize, wordSize
	names := ev.Names()
	r.Symbols = symbolCount{sizeOf(names), len(names)}
	if s.opt.Symbols {
		r.Symbols = names
	}
	if s.opt.CountCalls {
		counts := ev.CallCounts()
		r.Builtins = counts.Builtins
		for _, f := range counts.Functions {
			n := functionCount{Column: f.Position.Column, Count: f.Count, Line: f.Position.Line}
			if !strings.HasPrefix(f.Position.File, "«") || strings.Contains(f.Position.File, "/") {
				n.File = f.Position.File
			}
			if f.Name != "" {
				n.Name = &f.Name
			}
			r.Functions = append(r.Functions, n)
		}
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(&r); err != nil {
		return err
	}
	text := buf.Bytes()
	if s.opt.CountCalls {
		// Null, as in the reference, which loses what it has counted.
		text = bytes.Replace(text, []byte("{\n"), []byte("{\n  \"attributes\": null,\n"), 1)
	}
	_, err := out.Write(text)
	return err
}

// sizeOf returns the length of all names together.
func sizeOf(names []string) (size int) {
	for _, name := range names {
		size += len(name)
	}
	return size
}

// goCollections returns how many collections of Go's heap there were, and the
// processor time that they took.
func goCollections() (cycles uint64, spent time.Duration) {
	samples := []metrics.Sample{{Name: "/gc/cycles/total:gc-cycles"}, {Name: "/cpu/classes/gc/total:cpu-seconds"}}
	metrics.Read(samples)
	if samples[0].Value.Kind() == metrics.KindUint64 {
		cycles = samples[0].Value.Uint64()
	}
	if samples[1].Value.Kind() == metrics.KindFloat64 {
		spent = time.Duration(samples[1].Value.Float64() * float64(time.Second))
	}
	return cycles, spent
}

func (s *Session) writeTable(ev *eval.Evaluator, out io.Writer) error {
	st := ev.Stats()
	c := &st.Counts
	cycles, gc := goCollections()
	names := ev.Names()
	seconds := func(d time.Duration) string { return fmt.Sprintf("%.2f s", d.Seconds()) }
	rows := [][2]string{
		{"time", seconds(time.Since(s.start)) + ", processor " + seconds(profile.CPUTime())},
		{"calls", number(c.Calls) + " of functions, " + number(c.BuiltinCalls) + " of builtins"},
		{"attributes", number(c.Selects) + " selected; " + number(c.Updates) + " sets in updates, " + number(c.Copied) + " copied"},
		{"made", number(c.Objects) + " values, " + mebibytes(c.Bytes)},
		{"", number(c.Thunks) + " thunks, " + number(c.Sets) + " sets, " + number(c.Lists) + " lists, " + number(c.Envs) + " environments"},
		{"in use", mebibytes(st.HeapUsed)},
		{"files", number(c.Files) + " read, " + mebibytes(st.Text) + " of text; " + number(uint64(len(names))) + " names"},
		{"collections", number(uint64(st.Collections)) + " of values, " + seconds(st.Pause) + "; " + number(cycles) + " of Go, processor " + seconds(gc)},
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		fmt.Fprintf(w, "%s\t%s\n", row[0], row[1])
	}
	return w.Flush()
}

// number returns n with commas.
func number(n uint64) string {
	text := strconv.FormatUint(n, 10)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

func mebibytes(n uint64) string { return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20)) }

package nixenv

// This file defines nix-env --query.

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/text/version"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/terminal"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/ansi"
)

// A query is what is asked about packages.
type query struct {
	*run
	available                                                       bool // packages of the expression, and not those that are installed
	status, noName, attrPath, system, drvPath, outPath, description bool // columns
	meta, compare, xml, json                                        bool
	attr                                                            string // of the expression; "" is all of it

	others    []*element      // that versions are compared with
	installed map[string]bool // output paths of installed packages
	valid     map[string]bool // output paths that are valid
	elsewhere map[string]bool // output paths that can be had from elsewhere
}

// query lists packages.
func (r *run) query(ctx context.Context) error {
	q := &query{run: r}
	if err := q.parse(); err != nil {
		return err
	}
	if q.attrPath && !q.available {
		return dropin.Usage("--attr-path(-P) only works with --available")
	}
	var installed, available []*element
	var err error
	if !q.available || q.compare || q.status {
		if installed, err = r.installedNow(ctx); err != nil {
			return err
		}
	}
	if q.available || q.compare {
		if available, err = r.available(ctx, q.attr); err != nil {
			return err
		}
	}
	all := installed
	q.others = available
	if q.available {
		all, q.others = available, installed
	}
	list, err := r.choose(ctx, all, r.args, false)
	if err != nil {
		return err
	}
	slices.SortStableFunc(list, func(a, b *element) int { return strings.Compare(upper(a.name), upper(b.name)) })
	if list, err = q.look(ctx, list, installed); err != nil {
		return err
	}
	switch {
	case q.json:
		return q.printJSON(ctx, list)
	case q.xml:
		return q.printXML(ctx, list)
	}
	return q.printTable(ctx, list)
}

// upper returns a name with the letters of ASCII in upper case.
func upper(name string) string {
	return strings.Map(func(c rune) rune {
		if 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		return c
	}, name)
}

// parse reads the flags.
func (q *query) parse() error {
	fields := map[string]*bool{
		"--status": &q.status, "-s": &q.status, "--no-name": &q.noName, "--system": &q.system, "--description": &q.description,
		"--compare-versions": &q.compare, "-c": &q.compare, "--drv-path": &q.drvPath, "--out-path": &q.outPath, "--meta": &q.meta,
		"--xml": &q.xml, "--json": &q.json, "--attr-path": &q.attrPath, "-P": &q.attrPath, "--available": &q.available, "-a": &q.available,
	}
	for i := 0; i < len(q.flags); i++ {
		switch f := q.flags[i]; {
		case fields[f] != nil:
			*fields[f] = true
		case f == "--installed":
			q.available = false
		case f == "--attr" || f == "-A":
			if i++; i == len(q.flags) {
				return dropin.Usage("'%s' requires an argument", f)
			}
			q.attr = q.flags[i]
		default:
			return dropin.Usage("unknown flag '%s'", f)
		}
	}
	return nil
}

// look finds out which packages are installed and valid, if that is asked for, and returns those
// that are to be listed.
func (q *query) look(ctx context.Context, list, installed []*element) ([]*element, error) {
	if !q.status && !q.prebuiltOnly {
		return list, nil
	}
	q.installed, q.valid, q.elsewhere = map[string]bool{}, map[string]bool{}, map[string]bool{}
	if q.status {
		for _, e := range installed {
			out, err := e.OutPath(ctx)
			if err != nil {
				return nil, err
			}
			q.installed[out] = true
		}
	}
	var left []*element
	var paths []string
	for _, e := range list {
		out, err := e.OutPath(ctx)
		if q.skip(e, err) {
			continue
		}
		if err == nil {
			q.valid[out], err = q.store.IsValid(ctx, out)
		}
		if err != nil {
			return nil, err
		}
		left, paths = append(left, e), append(paths, out)
	}
	found, err := q.findElsewhere(ctx, paths)
	if err != nil {
		return nil, err
	}
	for _, p := range found {
		q.elsewhere[p] = true
	}
	if q.prebuiltOnly && !q.json {
		left = slices.DeleteFunc(left, func(e *element) bool { return !q.valid[e.outPath] && !q.elsewhere[e.outPath] })
	}
	return left, nil
}

// findElsewhere returns those of paths that can be had from elsewhere.
func (r *run) findElsewhere(ctx context.Context, paths []string) ([]string, error) {
	from, err := r.Substituter(ctx, r.store)
	if err != nil || from == nil {
		return nil, err
	}
	return from.Valid(ctx, paths)
}

// skip reports whether a package is left out because of an error: it throws, or fails an
// assertion.
func (q *query) skip(e *element, err error) bool {
	var failed *eval.Error
	if !errors.As(err, &failed) || failed.Kind != eval.ErrThrow && failed.Kind != eval.ErrAssertion {
		return false
	}
	q.Log.Say(dropin.Talkative, fmt.Sprintf("skipping derivation named '%s' which gives an assertion failure", e.name))
	return true
}

// each calls fn with each package.
func (q *query) each(list []*element, fn func(e *element) error) error {
	for _, e := range list {
		err := fn(e)
		var failed *eval.Error
		switch {
		case err == nil, q.skip(e, err):
		case errors.As(err, &failed):
			return failed.InFrame(fmt.Sprintf("while querying the derivation named '%s'", e.name))
		default:
			return &dropin.Traced{Frame: fmt.Sprintf("while querying the derivation named '%s'", e.name), Err: err}
		}
	}
	return nil
}

// printTable prints a line for each package.
func (q *query) printTable(ctx context.Context, list []*element) error {
	var rows [][]string
	err := q.each(list, func(e *element) error {
		row, err := q.row(ctx, e)
		if err == nil {
			rows = append(rows, row)
		}
		return err
	})
	if err != nil {
		return err
	}
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], len(cell))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString(strings.ReplaceAll(cell, "\n", " "))
			if i < len(row)-1 {
				line.WriteString(strings.Repeat(" ", widths[i]-len(cell)+2))
			}
		}
		q.Lines(line.String())
	}
	return nil
}

// row returns the columns of a package.
func (q *query) row(ctx context.Context, e *element) (row []string, err error) {
	add := func(cell string, failed error) {
		row = append(row, cell)
		if err == nil {
			err = failed
		}
	}
	if q.status {
		row = append(row, mark(q.installed[e.outPath], "I")+mark(q.valid[e.outPath], "P")+mark(q.elsewhere[e.outPath], "S"))
	}
	if q.attrPath {
		row = append(row, e.attrPath)
	}
	if !q.noName {
		row = append(row, e.name)
	}
	if q.compare {
		sign, other, failed := q.compareWith(ctx, e)
		cell := sign + " " + other
		if sign == "<" && terminal.Of(q.Out, q.Getenv).Is && q.Log.Color() {
			cell = ansi.Paint(ansi.Red, cell)
		}
		add(cell, failed)
	}
	if q.system && err == nil {
		add(e.System(ctx))
	}
	if q.drvPath && err == nil {
		p, failed := e.DrvPath(ctx)
		if p == "" {
			p = "-"
		}
		add(p, failed)
	}
	if q.outPath && err == nil {
		outputs, failed := e.Outputs(ctx, true)
		var parts []string
		for _, o := range outputs {
			if o.Name != "out" {
				o.Path = o.Name + "=" + o.Path
			}
			parts = append(parts, o.Path)
		}
		add(strings.Join(parts, ";"), failed)
	}
	if q.description && err == nil {
		add(e.metaText(ctx, "description"))
	}
	return row, err
}

func mark(yes bool, letter string) string {
	if yes {
		return letter
	}
	return "-"
}

// compareWith compares the version of a package with those of the others of the same name: "<" if
// one of them is newer, "=" if one is the same, ">" if all are older, "-" if there is none. other
// is that version.
func (q *query) compareWith(ctx context.Context, e *element) (sign, other string, err error) {
	_, name, v, err := e.split(ctx)
	if err != nil {
		return "", "", err
	}
	sign, other = "-", "?"
	for _, o := range q.others {
		_, name2, v2, err := o.split(ctx)
		if err != nil {
			return "", "", err
		}
		if name2 != name {
			continue
		}
		order, err := version.Compare(nil, v, v2)
		switch {
		case err != nil:
			return "", "", err
		case order < 0:
			sign, other = "<", v2
		case sign != "<" && order == 0:
			sign, other = "=", v2
		case sign != "<" && sign != "=":
			sign = ">"
			if other == "" || version.Older(other, v2) {
				other = v2
			}
		}
	}
	return sign, other, nil
}

// printJSON prints an object of packages, by attribute path.
func (q *query) printJSON(ctx context.Context, list []*element) error {
	all := map[string]any{}
	err := q.each(list, func(e *element) error {
		o, err := q.object(ctx, e)
		if err == nil {
			all[e.attrPath] = o
		}
		return err
	})
	if err != nil {
		return err
	}
	enc := json.NewEncoder(q.Text)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(all)
}

// object returns what JSON has of a package.
func (q *query) object(ctx context.Context, e *element) (map[string]any, error) {
	full, name, v, err := e.split(ctx)
	if err != nil {
		return nil, err
	}
	o := map[string]any{"name": full, "pname": name, "version": v}
	if o["system"], err = e.System(ctx); err != nil {
		return nil, err
	}
	if o["outputName"], err = e.OutputName(ctx); err != nil {
		return nil, err
	}
	outputs, err := e.Outputs(ctx, q.outPath)
	if err != nil {
		return nil, err
	}
	paths := map[string]any{}
	for _, out := range outputs {
		paths[out.Name] = nil
		if out.Path != "" {
			paths[out.Name] = out.Path
		}
	}
	o["outputs"] = paths
	if q.drvPath {
		p, err := e.DrvPath(ctx)
		if err != nil {
			return nil, err
		}
		if p != "" {
			o["drvPath"] = p
		}
	}
	if q.meta {
		meta := map[string]any{}
		err := q.eachMeta(ctx, e, func(name string, v eval.Value, ok bool) error {
			meta[name] = nil
			if !ok {
				return nil
			}
			text, err := v.JSON(ctx)
			meta[name] = json.RawMessage(text)
			return err
		})
		if err != nil {
			return nil, err
		}
		o["meta"] = meta
	}
	return o, nil
}

// eachMeta calls fn with the meta data of a package, and says which of them are no plain data, for
// which ok is false.
func (q *query) eachMeta(ctx context.Context, e *element, fn func(name string, v eval.Value, ok bool) error) error {
	names, err := e.MetaNames(ctx)
	if err != nil {
		return err
	}
	for _, name := range names {
		v, ok, err := e.Meta(ctx, name)
		if err != nil {
			return err
		}
		if !ok {
			q.Log.Say(dropin.Error, fmt.Sprintf("derivation '%s' has invalid meta attribute '%s'", e.name, name))
		}
		if err := fn(name, v, ok); err != nil {
			return err
		}
	}
	return nil
}

package format

// This file defines which sets and lists of an expression take several lines.

import "github.com/firn-lang/firn/eval/heap"

// lines reports whether the parts of v are to stand on lines of their own. It
// evaluates parts, which are about to be written.
func (w *nixPrinter) lines(v heap.Value) (bool, error) {
	if !w.opt.Pretty || w.flat > 0 {
		return false, nil
	}
	isList := w.h.KindOf(v) == heap.List
	n := 0
	if isList {
		n = w.h.Len(v)
	} else {
		n = w.h.Size(v)
	}
	if n == 0 {
		return false, nil
	}
	if w.opt.Width > 0 {
		const comma = 1 // what may follow
		rest, err := w.fit(v, w.opt.Width-w.col-comma)
		return rest < 0, err
	}
	// The reference: one part stays where it is, unless it has parts itself.
	if n > 1 {
		return true, nil
	}
	var l heap.Lazy
	if isList {
		l = w.h.Elems(v)[0]
		w.intoElem(v, 0)
	} else {
		e := w.h.All(v)[0]
		l = e.Value
		w.intoAttr(v, e.Name)
	}
	defer w.leavePart()
	if w.thunk(l) {
		return true, nil
	}
	x, err := w.force(l)
	if err != nil {
		return false, w.stopping(err)
	}
	k := w.h.KindOf(x)
	return k.IsAttrs() || k == heap.List, nil
}

// stopping returns err if it ends everything. What else it is, is met again when
// that part is written.
func (w *nixPrinter) stopping(err error) error {
	if _, ok := err.(*Error); !ok || w.opt.OnError == nil {
		return err
	}
	if describe(err).Ends {
		return err
	}
	return nil
}

// fit returns how many of some columns are left behind v on one line; less than 0
// if it does not fit. Errors do not.
func (w *nixPrinter) fit(v heap.Value, columns int) (int, error) {
	const brackets = 4
	columns -= brackets
	if w.beyond() {
		return columns - 3, nil
	}
	var err error
	if w.h.KindOf(v) == heap.List {
		for i, l := range w.h.Elems(v) {
			if columns--; columns < 0 {
				return columns, nil
			}
			w.intoElem(v, i)
			columns, err = w.fitPart(l, columns)
			w.leavePart()
			if columns < 0 || err != nil {
				return columns, err
			}
		}
		return columns, nil
	}
	// In the order in which they will be written; more cannot fit.
	if w.h.Size(v) > columns {
		return -1, nil
	}
	for _, e := range w.src.SortedAttrs(v) {
		columns -= len(w.src.Name(e.Name)) + len(" = ; ")
		if columns < 0 {
			return columns, nil
		}
		w.intoAttr(v, e.Name)
		columns, err = w.fitPart(e.Value, columns)
		w.leavePart()
		if columns < 0 || err != nil {
			return columns, err
		}
	}
	return columns, nil
}

func (w *nixPrinter) fitPart(l heap.Lazy, columns int) (int, error) {
	if w.thunk(l) {
		return columns - len("thunk") - 2, nil
	}
	v, err := w.force(l)
	if err != nil {
		return -1, w.stopping(err)
	}
	k := w.h.KindOf(v)
	if w.seen.has(v) && (k.IsAttrs() || k == heap.List) {
		return columns - len("repeated") - 2, nil
	}
	switch {
	case k == heap.String:
		return columns - len(w.h.Text(v)) - 2, nil
	case k == heap.Path:
		return columns - len(w.h.Text(v)), nil
	case k.IsAttrs() && !w.opt.Derivations && !w.opt.Lazy:
		isDrv, err := w.isDerivation(v)
		if err != nil {
			return -1, w.stopping(err)
		}
		if isDrv {
			return -1, nil // which has a line of its own
		}
		return w.fit(v, columns)
	case k.IsAttrs(), k == heap.List:
		return w.fit(v, columns)
	case k.IsFunction():
		return columns - len(w.src.FunctionText(v)), nil
	}
	const scalar = 6
	return columns - scalar, nil
}

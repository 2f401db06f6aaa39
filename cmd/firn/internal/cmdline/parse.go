package cmdline

// This file defines Line: how words are read, what is wrong with them, and how a command
// is run.

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// A Line is a command line that was read.
type Line struct {
	App  *App
	Node *Node // the command
	Help bool  // --help was among the flags, and nothing else counts
}

// An Error is what is wrong with a command line.
type Error struct {
	Node *Node // the command
	Err  error
}

func (e *Error) Error() string { return e.Err.Error() }

// Unwrap returns the reason.
func (e *Error) Unwrap() error { return e.Err }

// Parse reads words into the fields of the struct. Flags have their values in the same
// word, and operands that begin with a minus sign come behind "--". The Line is never nil.
//
// An error of the words themselves is returned at once; whether all is there that has to
// be, and whether it goes together, is for Line.Check, so that --version needs no command.
func (app *App) Parse(words []string) (*Line, error) {
	l := &Line{App: app, Node: app.Node}
	if err := l.read(words); err != nil {
		return l, &Error{l.Node, err}
	}
	return l, nil
}

// read reads words.
func (l *Line) read(words []string) error {
	if err := l.Node.reset(); err != nil {
		return err
	}
	plain, operands := false, 0
	for _, word := range words {
		if l.Node.Passthrough {
			plain = true
		}
		switch child := l.Node.child(word); {
		case !plain && word == "--":
			plain = true
		case !plain && strings.HasPrefix(word, "-") && word != "-":
			if err := l.flag(word); err != nil || l.Help {
				return err
			}
		case !plain && operands == 0 && child != nil:
			l.Node = child
			if err := child.reset(); err != nil {
				return err
			}
		default:
			if operands >= len(l.Node.Positional) {
				return fmt.Errorf("one argument too many: %s", word)
			}
			v := l.Node.Positional[operands]
			if err := v.set(word); err != nil {
				return err
			}
			if !v.IsSlice() {
				operands++
			}
		}
	}
	return nil
}

// reset gives the values of a node their defaults.
func (n *Node) reset() error {
	values := slices.Clone(n.Positional)
	for _, f := range n.Flags {
		values = append(values, f.Value)
	}
	for _, v := range values {
		v.Target.SetZero()
		if v.Default != "" {
			if err := v.set(v.Default); err != nil {
				return err
			}
		}
		v.given = false
	}
	return nil
}

// flag takes a word that begins with a minus sign.
func (l *Line) flag(word string) error {
	name, text, joined := strings.Cut(word, "=")
	for n := l.Node; n != nil; n = n.Parent {
		for _, f := range n.Flags {
			switch {
			case f == l.App.HelpFlag && f.is(name):
				l.Help = true
				return nil
			case f.is(name):
				return f.take(text, joined)
			case f.Negatable && name == "--no-"+f.Name:
				return f.set("false")
			}
		}
	}
	return fmt.Errorf("there is no flag %s", name)
}

// is reports whether f is called so.
func (f *Flag) is(word string) bool {
	if f.Short != 0 && word == "-"+string(f.Short) {
		return true
	}
	name, long := strings.CutPrefix(word, "--")
	return long && (name == f.Name || slices.Contains(f.Aliases, name))
}

// take takes a flag with the value behind its =, if there is one.
func (f *Flag) take(text string, joined bool) error {
	if o, ok := f.Target.Addr().Interface().(Optional); ok {
		f.given = true
		if err := o.SetFlag(text, joined); err != nil {
			return fmt.Errorf("%s: %w", f.shown(), err)
		}
		return nil
	}
	switch {
	case f.IsBool() && !joined:
		text = "true"
	case !joined:
		return fmt.Errorf("%s needs a value: %s=%s", f.shown(), f.shown(), f.FormatPlaceHolder())
	}
	return f.set(text)
}

// set gives v the value of a word, or adds it.
func (v *Value) set(word string) error {
	if !v.IsSlice() {
		v.given = true
		return v.setOne(v.Target, word)
	}
	if !v.given { // what is there is the default
		v.given = true
		v.Target.SetZero()
	}
	parts := []string{word}
	if v.sep != "" {
		parts = strings.Split(word, v.sep)
	}
	for _, part := range parts {
		item := reflect.New(v.Target.Type().Elem()).Elem()
		if err := v.setOne(item, part); err != nil {
			return err
		}
		v.Target.Set(reflect.Append(v.Target, item))
	}
	return nil
}

// setOne gives a field, or an item of a list, the value of a word.
func (v *Value) setOne(to reflect.Value, word string) error {
	var err error
	if u, ok := to.Addr().Interface().(encoding.TextUnmarshaler); ok {
		err = u.UnmarshalText([]byte(word))
	} else {
		switch to.Kind() {
		case reflect.String:
			to.SetString(word)
		case reflect.Bool:
			var b bool
			b, err = strconv.ParseBool(word)
			to.SetBool(b)
		case reflect.Int, reflect.Int64:
			var i int64
			i, err = strconv.ParseInt(word, 10, to.Type().Bits())
			to.SetInt(i)
		default:
			var u uint64
			u, err = strconv.ParseUint(word, 10, to.Type().Bits())
			to.SetUint(u)
		}
		if err != nil {
			err = fmt.Errorf("'%s' is no such value", word)
		}
	}
	if err != nil {
		return fmt.Errorf("%s: %w", v.shown(), err)
	}
	return nil
}

// Check returns what is missing, what does not go together, and what the command's own
// method Validate says, which is called last.
func (l *Line) Check() error {
	for _, f := range []func() error{l.checkCommand, l.checkValues, l.checkXor, l.validate} {
		if err := f(); err != nil {
			return &Error{l.Node, err}
		}
	}
	return nil
}

// checkCommand returns an error if there is no command, or an operand is missing.
func (l *Line) checkCommand() error {
	if len(l.Node.Children) > 0 {
		var names []string
		for _, c := range l.Node.Children {
			if !c.Hidden {
				names = append(names, c.Name)
			}
		}
		return fmt.Errorf("a command is missing: one of %s", strings.Join(names, ", "))
	}
	for _, v := range l.Node.Positional {
		if v.Required && !v.given {
			return fmt.Errorf("an argument is missing: %s", v.Name)
		}
	}
	return nil
}

// Flags returns the flags of the command, and of what it belongs to.
func (l *Line) Flags() []*Flag { return slices.Concat(l.Node.AllFlags(false)...) }

// checkValues returns an error for a flag that is missing, or a value that there is not.
func (l *Line) checkValues() error {
	values := slices.Clone(l.Node.Positional)
	for _, f := range l.Flags() {
		if f.Required && !f.given {
			return fmt.Errorf("a flag is missing: %s=%s", f.shown(), f.FormatPlaceHolder())
		}
		values = append(values, f.Value)
	}
	for _, v := range values {
		if text := v.Target.String(); v.Enum != "" && v.given && !slices.Contains(v.EnumSlice(), text) {
			return fmt.Errorf(`%s is one of "%s", not %s`, v.shown(), strings.Join(v.EnumSlice(), `", "`), text)
		}
	}
	return nil
}

// checkXor returns an error for flags that exclude each other.
func (l *Line) checkXor() error {
	seen := map[string]*Flag{}
	for _, f := range l.Flags() {
		if f.xor == "" || !f.given {
			continue
		}
		if first := seen[f.xor]; first != nil {
			return fmt.Errorf("--%s and --%s cannot be used together", first.Name, f.Name)
		}
		seen[f.xor] = f
	}
	return nil
}

// validate asks the command itself.
func (l *Line) validate() error {
	if v, ok := l.Node.target.Addr().Interface().(interface{ Validate() error }); ok {
		return v.Validate()
	}
	return nil
}

// Run calls the method Run of the command. Each of its parameters is the first of args
// that can be assigned to it, or the result of the first that is a func() (T, error) with
// such a T; the Line is one of them.
func (l *Line) Run(args ...any) error {
	// The name is a constant, so that the linker keeps methods of this name alone.
	method := l.Node.target.Addr().MethodByName("Run")
	if !method.IsValid() {
		return fmt.Errorf("the command %s cannot be run", l.Node.Path())
	}
	args = append(args, l)
	var in []reflect.Value
	for i := range method.Type().NumIn() {
		v, err := provide(method.Type().In(i), args)
		if err != nil {
			return err
		}
		in = append(in, v)
	}
	err, _ := method.Call(in)[0].Interface().(error)
	return err
}

// provide returns a value of type t.
func provide(t reflect.Type, args []any) (reflect.Value, error) {
	for _, arg := range args {
		v := reflect.ValueOf(arg)
		if v.Type().AssignableTo(t) {
			return v, nil
		}
		if f := v.Type(); f.Kind() == reflect.Func && f.NumIn() == 0 && f.NumOut() == 2 && f.Out(0).AssignableTo(t) {
			out := v.Call(nil)
			err, _ := out[1].Interface().(error)
			return out[0], err
		}
	}
	return reflect.Value{}, fmt.Errorf("no %s for the command", t)
}

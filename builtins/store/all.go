package store

// This file defines how many objects are added together.

import (
	"context"
	"errors"
	"sync"

	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/budget"
)

// An Object is what AddAll adds: a text or a source. The budgets of both are not
// asked, since they belong to one goroutine.
type Object struct {
	Text   *Text   // nil if Source is set
	Source *Source // of a world, not of a Reader; nil if Text is set
}

// errReader is the error of a Source that could not be read twice.
var errReader = errors.New("what a reader has cannot be added together with other objects")

// References returns the paths that the object refers to, sorted.
func (o *Object) References() []string {
	if o.Text != nil {
		return o.Text.References
	}
	return o.Source.References
}

// Resolve computes the path of the object in the store at dir. For a source whose
// hash is not known it reads all of it.
func (o *Object) Resolve(ctx context.Context, dir storepath.Dir) (string, error) {
	if o.Text != nil {
		path, _, err := o.Text.Resolve(dir)
		return path, err
	}
	if o.Source.Reader != nil {
		return "", errReader
	}
	path, _, err := o.Source.Resolve(ctx, dir)
	return path, err
}

// AddTexts adds texts, in any order, and returns their paths. A text that refers
// to another one of them is added with it or after it. With an error, some may
// have been added.
//
// Budgets belong to one goroutine, so b is asked before the work begins, and those
// of the texts are not.
func AddTexts(ctx context.Context, b budget.Budget, s Store, texts []Text) ([]string, error) {
	if err := budget.Tick(b, len(texts)); err != nil {
		return nil, err
	}
	objects := make([]Object, len(texts))
	for i := range texts {
		objects[i].Text = &texts[i]
	}
	return s.AddAll(ctx, objects)
}

// An Order says in which order objects are added.
type Order struct {
	Paths []string // of the objects
	// Rounds are the numbers of objects: those of a round refer to objects of earlier
	// rounds only. An object that is there twice is in them once.
	Rounds [][]int
}

// OrderOf computes the paths of objects, and an order in which each comes after
// those that it refers to.
func OrderOf(ctx context.Context, dir storepath.Dir, objects []Object) (*Order, error) {
	order := &Order{Paths: make([]string, len(objects))}
	byPath := make(map[string]int, len(objects))
	for i := range objects {
		path, err := objects[i].Resolve(ctx, dir)
		if err != nil {
			return nil, err
		}
		order.Paths[i] = path
		if _, twice := byPath[path]; !twice {
			byPath[path] = i
		}
	}
	// waits counts the references of an object that are in no round yet.
	waits := make([]int, len(objects))
	users := make([][]int, len(objects))
	var ready []int
	for i := range objects {
		if byPath[order.Paths[i]] != i {
			continue
		}
		for _, ref := range objects[i].References() {
			if j, ok := byPath[ref]; ok && j != i {
				waits[i]++
				users[j] = append(users[j], i)
			}
		}
		if waits[i] == 0 {
			ready = append(ready, i)
		}
	}
	left := len(byPath)
	for len(ready) > 0 {
		order.Rounds = append(order.Rounds, ready)
		left -= len(ready)
		var next []int
		for _, i := range ready {
			for _, user := range users[i] {
				if waits[user]--; waits[user] == 0 {
					next = append(next, user)
				}
			}
		}
		ready = next
	}
	if left > 0 { // paths follow from references, so that somebody has given paths that do not
		return nil, errors.New("the references of the objects to be added form a cycle")
	}
	return order, nil
}

// eachAtOnce is how many objects AddEach adds at the same time.
const eachAtOnce = 64

// AddEach is AddAll for a store that adds each object by itself: several at the
// same time.
func AddEach(ctx context.Context, s Store, objects []Object) ([]string, error) {
	order, err := OrderOf(ctx, s.Dir(), objects)
	if err != nil {
		return nil, err
	}
	slots := make(chan struct{}, eachAtOnce)
	for _, round := range order.Rounds {
		errs := make([]error, len(round))
		var wg sync.WaitGroup
		for n, i := range round {
			slots <- struct{}{}
			wg.Go(func() {
				errs[n] = addObject(ctx, s, objects[i], order.Paths[i])
				<-slots
			})
		}
		wg.Wait()
		for _, err := range errs {
			if err != nil {
				return nil, err
			}
		}
	}
	return order.Paths, nil
}

// addObject adds an object whose path is known, unless it is valid.
func addObject(ctx context.Context, s Store, o Object, path string) error {
	if o.Text != nil {
		text := *o.Text
		text.Path, text.Budget = path, nil
		_, err := s.AddText(ctx, text)
		return err
	}
	if err := s.AddTempRoot(ctx, path); err != nil {
		return err
	}
	if valid, err := s.IsValid(ctx, path); valid || err != nil {
		return err
	}
	src := *o.Source
	src.Hash, src.Budget = nixhash.Hash{}, nil
	added, _, err := s.Add(ctx, src)
	if err == nil && added != path {
		err = &ChangedError{src.Path}
	}
	return err
}

// A ChangedError says that a source has other contents than before.
type ChangedError struct{ Path string }

func (e *ChangedError) Error() string {
	return "'" + e.Path + "' changed while it was added to the store"
}

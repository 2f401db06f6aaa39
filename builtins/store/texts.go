package store

// This file defines how many texts are added together.

import (
	"context"
	"slices"
	"sync"

	"github.com/firn-lang/firn/eval/budget"
)

// textsAtOnce is how many texts AddTexts adds at the same time: a store on the
// disk writes them in one transaction, a daemon in one round.
const textsAtOnce = 64

// AddTexts adds texts, in any order, and returns their paths. A text that refers
// to another one of them is added after it. With an error, some may have been
// added.
//
// Budgets belong to one goroutine, so b is asked before each round, and those of
// the texts are not.
func AddTexts(ctx context.Context, b budget.Budget, s Store, texts []Text) ([]string, error) {
	paths := make([]string, len(texts))
	byPath := make(map[string]int, len(texts))
	for i := range texts {
		path, _, err := texts[i].Resolve(s.Dir())
		if err != nil {
			return nil, err
		}
		paths[i], byPath[path] = path, i
	}
	// waits counts the references of a text that are not added yet.
	waits := make([]int, len(texts))
	users := make([][]int, len(texts))
	var ready []int
	for i := range texts {
		for _, ref := range texts[i].References {
			if j, ok := byPath[ref]; ok && paths[j] != paths[i] {
				waits[i]++
				users[j] = append(users[j], i)
			}
		}
		if waits[i] == 0 {
			ready = append(ready, i)
		}
	}
	for len(ready) > 0 {
		round := ready[:min(len(ready), textsAtOnce)]
		if err := budget.Tick(b, len(round)); err != nil {
			return nil, err
		}
		if err := addRound(ctx, s, texts, paths, round); err != nil {
			return nil, err
		}
		next := slices.Clone(ready[len(round):])
		for _, i := range round {
			for _, user := range users[i] {
				if waits[user]--; waits[user] == 0 {
					next = append(next, user)
				}
			}
		}
		ready = next
	}
	return paths, nil
}

// addRound adds texts at the same time. Their paths are given to the store, which
// need not compute them again.
func addRound(ctx context.Context, s Store, texts []Text, paths []string, round []int) error {
	errs := make([]error, len(round))
	var wg sync.WaitGroup
	for n, i := range round {
		wg.Go(func() {
			text := texts[i]
			text.Path, text.Budget = paths[i], nil
			_, errs[n] = s.AddText(ctx, text)
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

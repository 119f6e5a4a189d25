@shop
Feature: Cart

  Background:
    Given the user is signed in

  @smoke
  Scenario: T-1 Add an item
    Given the cart is empty
    When the user adds a pen
    And the user opens the cart
    Then one item is shown
    And the total is 1 EUR

  Scenario: Nothing is done
    Then the cart is empty
